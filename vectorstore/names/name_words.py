"""Words in and around names that are no name of their own, from the packs."""

from __future__ import annotations

from vectorstore.language.pack import words_of, written_words_of
from vectorstore.language.word_lists import HONORIFICS, STOP_WORDS

OFFICES = HONORIFICS.union(words_of("offices"))
TITLES = frozenset(words_of("titles"))
QUALIFIERS = frozenset(words_of("office_qualifiers"))
# Capitalised words before a surname that are not a given name, so that it may be anybody's: titles,
# and how a request begins.
NO_GIVEN_NAMES = OFFICES.union(TITLES, QUALIFIERS, STOP_WORDS, words_of("requests"))
FUNCTION_WORDS = frozenset(words_of("function_words_of_no_name"))
PARTICLES = frozenset(words_of("name_particles"))
GIVEN_PARTICLES = frozenset(written_words_of("given_particles"))
RANKS = frozenset(words_of("name_ranks"))
FAMILY_FIRST = frozenset(words_of("family_first"))
# The spelling by which the other one of a word of institutions is compared.
SPELLINGS = {
    other: first for first, other in (pair.split("/") for pair in written_words_of("spellings"))
}
