"""What becomes of files in a corpus: what is new of them, what is the same, what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.articles.build import article_id
from ingest.read import Read, under_id
from ingest.report import SourceReport, Verdict
from vectorstore.corpus import Corpus
from vectorstore.records import Entry, Source, content_id
from vectorstore.storage.collections import Stored, StoredText

# what is stored of each source, by the ids of its articles
_BySource = Mapping[str, Mapping[str, Stored]]


@dataclass(frozen=True)
class Plan:
    """What becomes of a file under the name of its source, and what is told when it is done.

    The `changed` articles are written, the `moved` ones stand as they were in another text, the ids
    of those that the file no longer has are `gone`. `is_known` when a text was stored under that
    name before.
    """

    source: Source
    report: SourceReport
    changed: tuple[Entry, ...] = ()
    moved: tuple[Entry, ...] = ()
    gone: tuple[str, ...] = ()
    is_known: bool = False
    keeps_old: bool = False

    @property
    def changes(self) -> bool:
        return bool(self.changed or self.moved or self.gone)


def plan_all(reads: Sequence[Read], corpus: Corpus) -> list[Plan]:
    """The plans of files, of which no two have the same name or the same text."""
    names = _Names(corpus, [read.source for read in reads])
    sources = [names.apart(read.source) for read in reads]
    stored = corpus.stored(
        {source.name for source in sources} | {text.source for text in names.texts}
    )
    return [
        _plan(read, source, names.texts, stored)
        for read, source in zip(reads, sources, strict=True)
    ]


def keeping_ids(
    entries: Sequence[Entry], source: Source, stored: Mapping[str, Stored]
) -> list[Entry]:
    """The articles of a source; one that is a revised text of a stored one, by its title, keeps
    that one's id.
    """
    here = {entry.article.id for entry in entries}
    free = {old.title: id for id, old in stored.items() if id not in here}
    return [
        under_id(entry, source, free.pop(entry.article.title))
        if entry.article.id not in stored and entry.article.title in free
        else entry
        for entry in entries
    ]


class _Names:
    """Names under which sources are stored, each for one file alone. `texts` are those that are
    stored under them, or are of the same words.
    """

    def __init__(self, corpus: Corpus, sources: Sequence[Source]) -> None:
        self._corpus = corpus
        self._asked = {source.name for source in sources}
        self._given: dict[str, str | None] = {}
        self.texts = corpus.texts_like(sources)

    def apart(self, source: Source) -> Source:
        """The source under a name of its own: another file's text of the same name is not
        overwritten.
        """
        name, number = source.name, 1
        while self._is_of_another(replace(source, name=name)):
            number += 1
            path = Path(source.name)
            name = path.with_name(f"{path.stem} ({number}){path.suffix}").as_posix()
        self._given[name] = source.origin
        return replace(source, name=name)

    def _is_of_another(self, source: Source) -> bool:
        if source.name not in self._asked:
            self._asked.add(source.name)
            self.texts += self._corpus.texts_like([source])
        stored = {text.origin for text in self.texts if text.source == source.name}
        return (
            bool(stored - {source.origin})
            or self._given.get(source.name, source.origin) != source.origin
        )


def _plan(
    read: Read,
    source: Source,
    texts: Sequence[StoredText],
    stored: Mapping[str, Mapping[str, Stored]],
) -> Plan:
    if twin := _twin(source, texts, stored):
        return Plan(
            source,
            SourceReport(
                read.upload.name, "skipped", f"The same text is there already, as {twin}."
            ),
        )
    stored_articles = stored[source.name]
    entries = _entries(read, source, stored_articles)
    known = {id: article.fingerprint for id, article in stored_articles.items()}
    changed = tuple(entry for entry in entries if known.get(entry.article.id) != entry.fingerprint)
    unchanged = [entry for entry in entries if known.get(entry.article.id) == entry.fingerprint]
    moved = tuple(
        entry for entry in unchanged if stored_articles[entry.article.id].text_id != entry.text_id
    )
    gone = tuple(known.keys() - {entry.article.id for entry in entries})
    revised = bool(gone or moved or any(entry.article.id in known for entry in changed))
    verdict: Verdict = "replaced" if revised else "added" if changed else "unchanged"
    passages = sum(len(entry.passages) for entry in entries)
    report = SourceReport(
        source.name, verdict, " ".join(read.notes) or None, len(entries), passages
    )
    is_known = any(text.source == source.name for text in texts)
    return Plan(source, report, changed, moved, gone, is_known, read.upload.options.keep_old)


def _twin(source: Source, texts: Iterable[StoredText], stored: _BySource) -> str | None:
    """The name of another source that has articles of the very same text."""
    digest = content_id(source.text)
    return next(
        (
            text.source
            for text in texts
            if text.digest == digest
            and text.source != source.name
            and any(article.text_id == text.text_id for article in stored[text.source].values())
        ),
        None,
    )


def _entries(read: Read, source: Source, stored: Mapping[str, Stored]) -> list[Entry]:
    """The articles of a file under the ids that they have in the corpus."""
    entries: Sequence[Entry] = read.entries
    if source.name != read.source.name:
        spans = ((entry.article.start, entry.article.end) for entry in entries)
        entries = [
            under_id(entry, source, article_id(source, span))
            for entry, span in zip(entries, spans, strict=True)
        ]
    return keeping_ids(entries, source, stored)
