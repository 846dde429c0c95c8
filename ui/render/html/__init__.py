"""Answers, articles and holders as HTML."""
