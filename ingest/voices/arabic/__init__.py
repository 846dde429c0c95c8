"""Who says what in Arabic: a small grammar of sure cues, and whom a paragraph goes on to speak of."""

from ingest.voices.arabic.discourse import Discourse
from ingest.voices.arabic.sayings import read_attributions

__all__ = ["Discourse", "read_attributions"]
