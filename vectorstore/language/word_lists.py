"""Lists of words that several rules need, of all languages together."""

from __future__ import annotations

from vectorstore.language.pack import LANGUAGES, read_pack, words_of

STOP_WORDS = frozenset(words_of("stop_words"))
PRONOUNS = frozenset(words_of("pronouns"))
OPENINGS = frozenset(words_of("openings"))
POINTERS = frozenset(words_of("pointers"))
HONORIFICS = frozenset(words_of("honorifics"))
ABBREVIATIONS = frozenset(words_of("abbreviations"))
ABBREVIATIONS_BEFORE_NUMBERS = frozenset(words_of("abbreviations_before_numbers"))
PERSONS = words_of("persons")
ARTICLES = words_of("articles")

# The first form of a word, for forms that no stemmer brings together.
IRREGULAR_FORMS = {
    form: first
    for language in LANGUAGES
    for line in read_pack(language).get("irregular", {}).get("forms", "").strip().splitlines()
    for first, *forms in (line.split(),)
    for form in forms
}
