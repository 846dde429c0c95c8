"""From passages to positions: the sentences that answer, as quotes, grouped by who answers for
them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rag.answer import Citation, Viewpoint
from rag.retrieval.coverage import QuestionTerms
from rag.retrieval.results import Hit
from rag.semantics.kinds import Kind, holds
from vectorstore.bilingual.lexicon import glossed
from vectorstore.language.sentences import sentences
from vectorstore.language.tokenise import content_words
from vectorstore.names.keys import name_key, names_match
from vectorstore.records import Article, Holder, Passage, Statement
from vectorstore.storage.snapshot import Snapshot

MOST_QUOTED = 2000  # characters of quotes in an answer
# and in one to a question that asks neither for a figure nor for somebody's words
MOST_QUOTED_OF_SIDES = 2800
MOST_QUOTES = 16
_LONGEST = 600  # characters of sentences that follow one another, to be shown as one quote
_ITEM = re.compile(r"(?:[•*–—-]\s+|\(?\d{1,2}[.)]\s+)")  # the mark before a point of a list
# content words of a sentence that shares none with the question: "He is right." says nothing alone
_FEWEST = 4
_SHORTEST = 60  # characters; a line without an end mark that is shorter is a heading or a fragment
_END_MARKS = tuple('.!?؟…۔"”’»)')
_LEAST_SHARE = 0.5  # of the best quote's score that another needs
_ASKS = 0.4  # what a sentence loses that is a question itself
# share of a question that the speaker's name covers, when it asks for all that they say
_ABOUT_SOMEBODY = 0.6
_FIGURE = 1.0  # what a quote gains that holds such a figure as the question asks for
_NAMED = 0.5  # what a quote gains when the question names its holder
_SAME_HOLDER = 0.1  # what a quote loses for each one its holder already has
# of the nearest sentence's cosine that one needs which shares no word with the question
_NEAR = 0.5
# How a sentence's score is made: its own words, those around it (of its passage, title, outlet and
# speakers), its vector, and its passage's score.
_WEIGHTS = {"own": 1.0, "around": 0.5, "near": 1.0, "passage": 1.0}


Voice = tuple[str, str, str, str]


@dataclass(frozen=True)
class Quote:
    """A sentence, or some that follow one another, of one statement in a passage that was found."""

    hit: Hit
    statement: Statement
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        return self.hit.passage.text[
            self.start - self.hit.passage.start : self.end - self.hit.passage.start
        ]

    @cached_property
    def voice(self) -> Voice:
        """Who answers for it and where: what viewpoints are grouped by.

        The nameless, and those of no outlet, are one voice in one article only.
        """
        holder, article = self.statement.holder, self.hit.article
        known = holder.name and article.outlet
        return (
            name_key(holder.name or holder.mention or ""),
            holder.type,
            article.outlet or "",
            "" if known else article.id,
        )


def choose_quotes(
    hits: Sequence[Hit],
    asked: QuestionTerms,
    holders: Sequence[str] = (),
    named: Sequence[str] = (),
    kind: Kind | None = None,
    most: int = MOST_QUOTED,
) -> list[Quote]:
    """The quotes that answer best, of at most so many characters, the best first; no holder crowds
    out the others.

    When `holders` are given, only their words are quoted; whom the question has `named` comes
    first, and so do sentences with a figure of the `kind` that it asks for.
    """
    candidates = [
        quote
        for quote in _candidates(hits, asked, named, kind)
        if not holders or _is_one_of(quote.statement.holder, holders)
    ]
    left = sorted(candidates, key=lambda quote: (-quote.score, quote.hit.article.key, quote.start))
    chosen: list[Quote] = []
    shown_of: Counter[Voice] = Counter()
    spent, floor = 0, _LEAST_SHARE * left[0].score if left else 0.0
    while left and len(chosen) < MOST_QUOTES:
        # the first of equals
        best = max(left, key=lambda quote: quote.score - _SAME_HOLDER * shown_of[quote.voice])
        left.remove(best)
        length = best.end - best.start
        if best.score - _SAME_HOLDER * shown_of[best.voice] < floor:
            break
        if chosen and spent + length > most:
            continue
        if any(best.text == other.text for other in chosen):
            continue
        chosen.append(best)
        shown_of[best.voice] += 1
        spent += length
    return _joined(chosen)


def cite(
    quotes: Sequence[Quote], snapshot: Snapshot, language: str
) -> tuple[tuple[Citation, ...], tuple[Viewpoint, ...]]:
    """Numbered citations and the viewpoints made of them; the viewpoint with the best quote is
    first, and so is its best quote. A quote in another language than the question's has its gloss.
    """
    quotes_of: dict[Voice, list[Quote]] = {}
    for quote in quotes:
        quotes_of.setdefault(quote.voice, []).append(quote)
    ordered = list(chain.from_iterable(quotes_of.values()))
    citations = tuple(
        _citation(number, quote, snapshot, language) for number, quote in enumerate(ordered, 1)
    )
    viewpoints = tuple(
        _viewpoint([c for c, q in zip(citations, ordered, strict=True) if q.voice == voice])
        for voice in quotes_of
    )
    return citations, viewpoints


def quote_of(hit: Hit, start: int, end: int) -> Quote:
    """A sentence of a passage, at these places of its text, as a quote of whoever answers for
    it.
    """
    statement, start, end = _told(hit.passage, start, end)
    return Quote(hit, statement, hit.passage.start + start, hit.passage.start + end, hit.score)


def without(quotes: Sequence[Quote], taken: Quote) -> list[Quote]:
    """The quotes that have no character in common with one that is taken already."""
    source = taken.hit.article.source
    return [
        q
        for q in quotes
        if q.hit.article.source != source or q.end <= taken.start or taken.end <= q.start
    ]


def _candidates(
    hits: Sequence[Hit], asked: QuestionTerms, named: Sequence[str], kind: Kind | None
) -> Iterator[Quote]:
    best = max((hit.score for hit in hits), default=1.0)
    nearest = max(chain.from_iterable(hit.similar for hit in hits), default=0.0) or 1.0
    for hit in hits:
        passage = hit.passage
        for n, (start, end) in enumerate(sentences(passage.text)):
            near = hit.similar[n] / nearest if hit.similar else 0.0
            if _is_fragment(passage.text[start:end]):
                continue
            item = _ITEM.match(passage.text, start, end)
            start = item.end() if item else start
            statement, start, end = _told(passage, start, end)
            covered = asked.covered_by(passage.text[start:end], passage.language)
            about = (
                asked.covered_by(statement.holder.name or "", passage.language) >= _ABOUT_SOMEBODY
            )
            if not covered and (
                len(content_words(passage.text[start:end])) < _FEWEST
                or not (about or near >= _NEAR)
            ):
                continue
            parts = {
                "own": covered,
                "around": hit.coverage,
                "near": near,
                "passage": hit.score / best,
            }
            score = sum(_WEIGHTS[name] * part for name, part in parts.items())
            score += (
                _NAMED if statement.holder.name in named and statement.holder.is_individual else 0.0
            )
            score += _FIGURE if kind and holds(passage.text[start:end], kind) else 0.0
            score -= (
                _ASKS if passage.text[start:end].rstrip("\"'”’»)").endswith(("?", "؟")) else 0.0
            )
            yield Quote(hit, statement, passage.start + start, passage.start + end, round(score, 6))


def _told(passage: Passage, start: int, end: int) -> tuple[Statement, int, int]:
    """Whose a sentence of a passage is, and what of it is quoted.

    Words that stand as they were said are cut to those words; a report is quoted with the whole
    sentence that makes it, so that nobody reads the reporter's words as the holder's.
    """
    at = passage.start
    statement = passage.mostly_told(at + start, at + end)
    if statement.form == "direct":
        return statement, max(start, statement.start - at), min(end, statement.end - at)
    return statement, start, end


def _is_one_of(holder: Holder, names: Sequence[str]) -> bool:
    return any(holder.name and names_match(name, holder.name) for name in names)


def _is_fragment(text: str) -> bool:
    return len(text) < _SHORTEST and not text.endswith(_END_MARKS)


def _joined(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes with those that follow one another in the same passage and statement made one, in
    the place of the better.
    """
    joined: list[Quote] = []
    for quote in quotes:
        neighbour = next((n for n, other in enumerate(joined) if _adjoin(other, quote)), None)
        if neighbour is None:
            joined.append(quote)
        else:
            other = joined[neighbour]
            joined[neighbour] = Quote(
                other.hit,
                other.statement,
                min(other.start, quote.start),
                max(other.end, quote.end),
                other.score,
            )
    return joined if len(joined) == len(quotes) else _joined(joined)


def _adjoin(left: Quote, right: Quote) -> bool:
    if left.statement.id != right.statement.id or left.hit.passage.id != right.hit.passage.id:
        return False
    first, second = sorted((left, right), key=lambda quote: quote.start)
    between = first.hit.passage.text[
        first.end - first.hit.passage.start : second.start - first.hit.passage.start
    ]
    return not between.strip() and second.end - first.start <= _LONGEST


def _citation(number: int, quote: Quote, snapshot: Snapshot, language: str) -> Citation:
    article, statement = quote.hit.article, quote.statement
    piece = next(
        (piece for piece in article.embedded if piece.start <= quote.start < piece.end), None
    )
    return Citation(
        id=number,
        article_id=article.id,
        source=article.source,
        start=quote.start,
        end=quote.end,
        quote=quote.text,
        title=article.title,
        author=piece.author if piece else article.author,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        language=article.language,
        holder=statement.holder,
        chain=statement.chain,
        form=statement.form,
        polarity=statement.polarity,
        modality=statement.modality,
        also_in=_also_in(article, snapshot),
        gloss=glossed(quote.text, article.language, language),
    )


def _also_in(article: Article, snapshot: Snapshot) -> tuple[str, ...]:
    others = (
        snapshot.article[id] for id in snapshot.copies.get(article.id, ()) if id != article.id
    )
    return tuple(other.outlet or other.source for other in others)


def _viewpoint(citations: Sequence[Citation]) -> Viewpoint:
    first = citations[0]
    dates = [c.published for c in citations if c.published]
    return Viewpoint(
        first.holder,
        first.chain,
        first.outlet,
        min(dates, default=None),
        tuple(c.id for c in citations),
    )
