"""Uploads that are taken in one after the other, and are not lost once they were acknowledged."""
