"""Who says what in Arabic: a small grammar of sure cues, and whom a paragraph goes on to speak
of.
"""

from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.reader import read_attributions

__all__ = ["ArabicDiscourse", "read_attributions"]
