"""Scores of passages: BM25 by words, cosines by vectors."""
