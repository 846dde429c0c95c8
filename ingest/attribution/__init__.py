"""Who says what: an article in, its statements out."""

from ingest.attribution.statements import read_statements

__all__ = ["read_statements"]
