"""Proposes questions about a corpus, for a person to correct: whose words say what, how many,
when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from eval.corpus_texts import CorpusTexts, Voice
from eval.suite import ExpectedEvidence, Sample
from rag.semantics.quantities import figures
from vectorstore.errors import UsageError
from vectorstore.language.detect import language_of
from vectorstore.language.pack import LANGUAGES, read_pack
from vectorstore.language.time.periods import periods
from vectorstore.language.tokenise import content_words, terms

_SHORTEST, _LONGEST = 40, 220  # characters of evidence
_TOPIC = 3  # words that a question names
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# By language: how each type of question is asked. The person who corrects them writes better ones.
_ASKED = {language: read_pack(language)["drafts"] for language in LANGUAGES}


@dataclass(frozen=True)
class _Spoken:
    """Words that somebody named answers for, once in their source."""

    source: str
    text: str
    voice: Voice
    holder: str


def draft(material: CorpusTexts, questions: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """The lines of a suite: its head, then at most so many questions, of different holders as far
    as they go. Raises UsageError where nobody speaks.
    """
    spoken = list(_spoken(material))
    if not spoken:
        raise UsageError(
            "Nobody who is named speaks in the corpus, so there is nothing to ask about. Ingest"
            " articles first."
        )
    yield {"suite": "draft"}
    frequency = Counter(term for words in spoken for term in set(terms(words.text)))
    Random(seed).shuffle(spoken)
    turns: Counter[str] = Counter()
    for words in sorted(spoken, key=lambda candidate: _turn(turns, candidate.holder))[:questions]:
        yield {
            key: value for key, value in asdict(_sample(words, frequency)).items() if value != ()
        }


def _turn(turns: Counter[str], holder: str) -> int:
    """How often a holder came before: everybody has a first question before anybody has a
    second.
    """
    turns[holder] += 1
    return turns[holder]


def _spoken(material: CorpusTexts) -> Iterator[_Spoken]:
    for source, voices in sorted(material.voices.items()):
        text = material.texts[source]
        for voice in voices:
            words = text[voice.start : voice.end].split("\n")[0]
            holder = voice.name or voice.author
            if holder and _SHORTEST <= len(words) <= _LONGEST and text.count(words) == 1:
                yield _Spoken(source, words, voice, holder)


def _sample(spoken: _Spoken, frequency: Mapping[str, int]) -> Sample:
    # of an hour nobody asks how much
    counted = any(figure.unit != "hour" for figure in figures(spoken.text))
    kind = "numeric" if counted else "date" if periods(spoken.text) else "says_about"
    language = "ar" if language_of(spoken.text) == "ar" else "en"
    question = _ASKED[language][kind].format(holder=spoken.holder, topic=_topic(spoken, frequency))
    return Sample(
        id=f"d-{spoken.source}-{spoken.voice.start}-{spoken.voice.end}",
        question=question,
        answerable=True,
        type=kind,
        language=language,  # type: ignore[arg-type]
        evidence=(ExpectedEvidence(spoken.source, spoken.text),),
        holders=(spoken.holder,),
    )


def _topic(spoken: _Spoken, frequency: Mapping[str, int]) -> str:
    """The rarest words of a text besides its holder's name, in their order."""
    words = [
        word
        for word in _WORD.findall(spoken.text)
        if content_words(word) and word not in spoken.holder.split()
    ]
    rare = sorted(
        dict.fromkeys(words),
        key=lambda word: (min((frequency.get(t, 0) for t in terms(word)), default=0), word),
    )
    wanted = set(rare[:_TOPIC])
    return " ".join(dict.fromkeys(word for word in words if word in wanted))
