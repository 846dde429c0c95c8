"""What each rule that finds a statement saw in the text, as a plain sentence.

{cue} and {mention} stand for the words of the cue and of the holder. An English rule is
`<way>-<frame>`: how the holder stands to the cue, and how the words stand to both.
"""

from __future__ import annotations

WAYS = {
    "subject": "{mention} is the subject of {cue}",
    "aside": "{mention} is the subject of {cue}, with an aside between them",
    "relative": "{mention} is whom the relative clause with {cue} is about",
    "shared": "{mention} is the subject of an earlier verb, which {cue} shares",
    "participle": "{cue} is a participle that hangs on {mention}",
    "quoted": "{mention} is whom somebody quotes with {cue}",
    "inverted": "{mention} stands behind {cue}, of which it is the subject",
    "according": "{cue} names {mention} as the source",
}
FRAMES = {
    "that": "and the words follow with that",
    "bare": "and the words follow at once, without that",
    "quote": "and the words follow in quotation marks",
    "colon": "and the words follow a colon",
    "wh": "and the words follow with a question word",
    "to": "and the words follow with to and a verb",
    "thing": "and the words are what it is about",
    "trailing": "and the words stand before it",
    "inserted": "and the words stand on both sides of it",
    "fronted": "and the words follow it",
    "as": "and the words go with a clause that begins with as",
}
WHOLE = {
    "author": "No rule found anybody else behind these words, so they are the author's",
    "turn": "The words stand in a turn of a transcript, and a turn is its speaker's",
    "republished": (
        "The words stand in a piece republished inside the article, which keeps its own author"
    ),
    "correction": "A person said whose words these are; that beats every rule",
    "agent": "{mention} is by whom it is said, with the passive {cue}",
    "announced-quote": (
        "{mention} puts forward {cue}, and the words follow a colon in quotation marks"
    ),
    "announced-point": "{mention} announced points with {cue}, and this is one of them",
    "as-inverted": "A clause with as, {cue} and then {mention} stands before the words",
    "claim-noun": "{cue} is what {mention} puts forward, and the words say what it is",
    "continued": "The sentence goes on with what was said before: {cue}",
    "hearsay-adverb": "{cue} tells the words as hearsay, without saying whose they are",
    "it-is-said": "The words are told as hearsay, without saying whose they are: {cue}",
    "said-to": "The words are told as hearsay, without saying whose they are: {cue}",
    "there-are-reports": "The words are told as hearsay, of which only {mention} is named: {cue}",
    "partial-goes-on": (
        "The sentence quotes again, right after words of the same holder, and names nobody else"
    ),
    "quotation-goes-on": (
        "The sentence is a quotation, right after words of the same holder, and names nobody else"
    ),
    "quotation-alone": "The words are a quotation, and nothing near it says whose",
    "quote-by-place": (
        "{mention} stands beside the quotation, with {cue}, which is no word of saying"
    ),
    "revealed-by": "The next sentence says that this comes from {mention}, with {cue}",
    "words-below": "{mention} with {cue} stands above, and announces the words below",
    "verb-subject-that": (
        "{cue} comes first and its subject, {mention}, after it; the words follow with that"
    ),
    "verb-subject-quote": (
        "{cue} comes first and its subject, {mention}, after it; the words follow in quotation"
        " marks"
    ),
    "verb-subject-noun": (
        "{cue} comes first and its subject, {mention}, after it; the words are what it is about"
    ),
    "subject-verb-that": "{mention} comes first and {cue} after it; the words follow with that",
    "colon": "{cue} and {mention} stand before a colon, and the words behind it",
    "quote-then-verb": "{cue} and {mention} stand behind the quotation",
    "verb-preposition": (
        "{cue} takes a preposition, and the words behind it are what {mention} wants or warns of"
    ),
    "relative": "{mention} is whom the relative clause with {cue} is about",
    "description": "{cue} says as what {mention} describes somebody or something",
    "considered": "{cue} says what {mention} considers somebody or something to be",
    "believes-in": "{cue} says what {mention} believes in",
    "dropped-subject": (
        "{cue} has no subject of its own, so the sentence goes on with whom it spoke of before"
    ),
    "participle": "{cue} goes on with what {mention} said before",
    "accusation": "{cue} says of what {mention} accuses somebody",
    "what-was-said": "{cue} and {mention} say whose words these are, as what was said",
    "speech-noun": (
        "{cue} is a noun of speech that belongs to {mention}, and the words say what was said"
    ),
    "according-to": "{cue} names {mention} as the source",
    "as-said": "A clause as in {cue} and {mention} names the source",
    "words-of": "{cue} gives the words as those of {mention}",
    "quoting": "{cue} says that {mention} is quoted",
    "relay": "{mention} passes on what another said, with {cue}",
    "some-say": "The words are told of some, without a name: {cue}",
    "hearsay": "The words are told as hearsay, without saying whose they are: {cue}",
}
UNKNOWN = "A rule by the name of {rule} found the words, by {cue} and {mention}"


def found_by(rule: str | None, cue: str, mention: str) -> str:
    """What a rule saw, as a sentence; one for any rule when it is not in the tables."""
    way, _, frame = (rule or "").partition("-")
    if rule in WHOLE:
        template = WHOLE[rule]
    elif way in WAYS and frame in FRAMES:
        template = f"{WAYS[way]}, {FRAMES[frame]}"
    else:
        template = UNKNOWN
    said = template.format(rule=rule or "none", cue=cue, mention=mention)
    return f"{said[:1].upper()}{said[1:]}."
