"""Judges: what says how far the cited words support a sentence."""
