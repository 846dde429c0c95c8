"""Answers, articles and holders as text for a terminal."""
