"""The holders of a corpus as rows, and which statements a name that somebody asks for stands
for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from rag.question.expand_names import holders_named
from ui.schemas import HolderRow
from vectorstore.names.directory import HolderDirectory
from vectorstore.names.keys import name_key, names_match
from vectorstore.records import Article, Statement
from vectorstore.storage.snapshot import Snapshot


def holder_rows(snapshot: Snapshot) -> list[HolderRow]:
    """A row for each holder with a name, authors too: those with the most statements first, then by
    name.
    """
    by_holder: dict[str, list[Statement]] = defaultdict(list)
    for statement in snapshot.statements:
        if statement.holder.name:
            by_holder[statement.holder.name].append(statement)
    rows = (
        _row(name, statements, snapshot.naming, snapshot.article)
        for name, statements in by_holder.items()
    )
    return sorted(rows, key=lambda row: (-row.statements, row.name))


def is_theirs(asked: str, naming: HolderDirectory) -> Callable[[Statement], bool]:
    """Whether a statement is of whom a name stands for: by any spelling, by a surname that nobody
    else has, or for somebody unnamed by the words that stand for them.
    """
    names, words = holders_named([asked], naming), name_key(asked)

    def theirs(statement: Statement) -> bool:
        holder = statement.holder
        if holder.name is None:
            return bool(holder.mention) and name_key(holder.mention or "") == words
        return any(names_match(name, holder.name) for name in names)

    return theirs


def _row(
    name: str, statements: list[Statement], naming: HolderDirectory, articles: Mapping[str, Article]
) -> HolderRow:
    article_ids = {s.article_id for s in statements}
    dates = sorted(articles[id].published or "" for id in article_ids if articles[id].published)
    return HolderRow(
        name,
        Counter(s.holder.type for s in statements).most_common(1)[0][0],
        _most_frequent(s.holder.role for s in statements),
        tuple(variant for variant in naming.variants(name) if variant != name),
        len(statements),
        len(article_ids),
        dates[0] if dates else None,
        dates[-1] if dates else None,
    )


def _most_frequent(words: Iterable[str | None]) -> tuple[str, ...]:
    counts = Counter(word for word in words if word)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))
