"""What people have written beside a corpus, laid over what it holds: aliases of names, corrections
of holders, and of articles' facts.

Nothing of it is stored in the corpus: a changed file counts from the next question on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vectorstore.chains import retold
from vectorstore.corrections import Correction, corrected, read_corrections
from vectorstore.fact_corrections import FactCorrection, read_facts, with_facts
from vectorstore.names.aliases import SHIPPED, Aliases, read_aliases
from vectorstore.names.directory import HolderDirectory, NameUse, read_naming
from vectorstore.records import Passage, Statement, content_id
from vectorstore.storage.snapshot import Snapshot

ALIASES = "aliases.yaml"
CORRECTIONS = "corrections.yaml"
FACTS = "facts.yaml"
WRITTEN = (ALIASES, CORRECTIONS, FACTS)  # by people

Stamp = tuple[int, ...]

_SPEAKING = ("said", "quoted_by")  # the roles of those who are shown under one name


@dataclass(frozen=True)
class Overrides:
    """The aliases, corrections and facts of one folder, as they were at one moment."""

    aliases: Aliases = field(default_factory=Aliases)
    corrections: tuple[Correction, ...] = ()
    facts: tuple[FactCorrection, ...] = ()
    version: str = ""

    def over(self, snapshot: Snapshot, text_of: Callable[[str], str]) -> Snapshot:
        """A snapshot with each holder under the canonical name, and with what was corrected.

        `text_of` gives the source text of an article's id.
        """
        snapshot = self._with_facts(snapshot)
        passages = self._corrected(snapshot, text_of)
        naming = read_naming(_uses(passages), self.aliases)
        version = content_id(snapshot.version, self.version) if self.version else snapshot.version
        shown = tuple(_renamed(passage, naming) for passage in passages)
        return replace(snapshot, version=version, passages=shown, naming=naming)

    def _with_facts(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot with the facts that were corrected, in its articles and in the chains of their
        statements.
        """
        read = snapshot.article
        corrected = {
            correction.article: with_facts(read[correction.article], correction)
            for correction in self.facts
            if correction.article in read
        }
        if not corrected:
            return snapshot
        articles = tuple(corrected.get(article.id, article) for article in snapshot.articles)
        passages = tuple(
            retold(p, read[p.article_id], corrected[p.article_id])
            if p.article_id in corrected
            else p
            for p in snapshot.passages
        )
        return replace(snapshot, articles=articles, passages=passages)

    def _corrected(self, snapshot: Snapshot, text_of: Callable[[str], str]) -> tuple[Passage, ...]:
        by_article: dict[str, list[Correction]] = defaultdict(list)
        for correction in self.corrections:
            if correction.article in snapshot.article:
                by_article[correction.article].append(correction)
        if not by_article:
            return snapshot.passages
        statements_of = {
            id: self._anew(snapshot, id, corrections, text_of(id))
            for id, corrections in by_article.items()
        }
        return tuple(
            replace(
                p,
                statements=tuple(
                    s for s in statements_of[p.article_id] if s.overlaps(p.start, p.end)
                ),
            )
            if p.article_id in statements_of
            else p
            for p in snapshot.passages
        )

    def _anew(
        self, snapshot: Snapshot, id: str, corrections: Sequence[Correction], text: str
    ) -> tuple[Statement, ...]:
        article = snapshot.article[id]
        statements = [s for s in snapshot.statements if s.article_id == id]
        return corrected(statements, text, (article.start, article.end), corrections)


def stamp_of(folder: Path | None) -> Stamp:
    """What changes whenever a file in the folder does."""
    paths = [folder / name for name in WRITTEN] if folder else []
    return tuple(
        value
        for path in paths
        if path.exists()
        for stat in (path.stat(),)
        for value in (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    )


def read_overlay(folder: Path | None) -> Overrides:
    """What people wrote in a folder, over the aliases that are shipped. Raises AliasError,
    CorrectionError.
    """
    shipped = read_aliases(SHIPPED)
    if folder is None:
        return Overrides(shipped)
    aliases, corrections = read_aliases(folder / ALIASES), read_corrections(folder / CORRECTIONS)
    facts = read_facts(folder / FACTS)
    said = aliases.entries or corrections or facts
    version = content_id(repr(aliases), repr(corrections), *map(repr, facts)) if said else ""
    return Overrides(shipped.extended(aliases), corrections, facts, version)


def _uses(passages: Sequence[Passage]) -> list[NameUse]:
    """The names that holders go by, and how often; a statement that reaches over several passages
    counts once.
    """
    holders = {s.id: s.holder for passage in passages for s in passage.statements if s.holder.name}
    counts = Counter((str(holder.name), holder.type) for holder in holders.values())
    return [NameUse(name, kind, count) for (name, kind), count in counts.items()]


def _renamed(passage: Passage, naming: HolderDirectory) -> Passage:
    shown = tuple(_shown(statement, naming) for statement in passage.statements)
    same = all(before is other for before, other in zip(shown, passage.statements, strict=True))
    return passage if same else replace(passage, statements=shown)


def _shown(statement: Statement, naming: HolderDirectory) -> Statement:
    """A statement under the name by which its holder is shown, in its chain too."""
    holder, chain = statement.holder, statement.chain
    if (name := _name(holder.name, naming)) != holder.name:
        holder = replace(holder, name=name)
    if any(link.role in _SPEAKING and _name(link.name, naming) != link.name for link in chain):
        chain = tuple(
            replace(link, name=_name(link.name, naming)) if link.role in _SPEAKING else link
            for link in chain
        )
    same = holder is statement.holder and chain is statement.chain
    return statement if same else replace(statement, holder=holder, chain=chain)


def _name(name: str | None, naming: HolderDirectory) -> str | None:
    return naming.canonical(name) if name else None
