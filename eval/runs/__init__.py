"""Runs of a suite: answered, kept as files, taken from other systems."""
