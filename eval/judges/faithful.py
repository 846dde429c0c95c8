"""Faithful sentences: those by hand, and those of a run's answers, each with what it cites."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.runs.run import Run
from rag.answer import Citation
from rag.verification.verdict import MARKER, markers
from vectorstore.errors import SuiteError
from vectorstore.language.detect import language_of
from vectorstore.records import Holder, Link


@dataclass(frozen=True)
class Faithful:
    """A sentence that its citations support, and other words to make mistakes of: the sources of
    its citations, words of other sources, and everybody in the corpus with the outlets.
    """

    id: str
    sentence: str
    citations: tuple[Citation, ...]
    source: str
    elsewhere: str
    holders: tuple[str, ...]
    outlets: tuple[str, ...]


def read_faithful(path: Path, texts: Mapping[str, str]) -> list[Faithful]:
    """Sentences by hand with their citations. Raises SuiteError when they cannot be read, or a
    quote is not there.
    """
    try:
        rows = [
            json.loads(line)
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        cited_rows = [
            (row, tuple(_cited(n, quoted, texts) for n, quoted in enumerate(row["citations"], 1)))
            for row in rows
        ]
    except (OSError, ValueError, KeyError) as error:
        raise SuiteError(
            f"The sentences cannot be read ({type(error).__name__}). Name a file of them.",
            f"{path}: {error}",
        ) from error
    return _with_pools([(row["id"], row["sentence"], cited) for row, cited in cited_rows], texts)


def faithful_of(run: Run) -> list[Faithful]:
    """The sentences of a run's answers that cite something, with who is said to say it."""
    cited_sentences = []
    for answered in run.answered:
        if answered.answer is None:
            continue
        known = {citation.id: citation for citation in answered.answer.citations}
        for n, sentence in enumerate(answered.answer.sentences):
            cited = tuple(
                known[number]
                for number in markers(sentence.text) or sentence.citations
                if number in known
            )
            glosses = any(citation.gloss and sentence.kind == "summary" for citation in cited)
            if cited and sentence.kind != "gap" and not glosses:
                cited_sentences.append(
                    (f"{answered.id}.{n}", MARKER.sub("", sentence.text).rstrip(), cited)
                )
    return _with_pools(cited_sentences, run.material.texts)


def _with_pools(
    cited_sentences: Sequence[tuple[str, str, tuple[Citation, ...]]], texts: Mapping[str, str]
) -> list[Faithful]:
    everyone = [citation for _, _, cited in cited_sentences for citation in cited]
    holders = tuple(dict.fromkeys(c.holder.name for c in everyone if c.holder.name))
    outlets = tuple(dict.fromkeys(c.outlet for c in everyone if c.outlet))
    faithful = []
    for id, sentence, cited in cited_sentences:
        sources = {citation.source for citation in cited}
        source = "\n".join(texts[name] for name in sorted(sources) if name in texts)
        elsewhere = "\n".join(texts[name] for name in sorted(texts) if name not in sources)
        faithful.append(Faithful(id, sentence, cited, source, elsewhere, holders, outlets))
    return faithful


def _cited(number: int, row: Mapping[str, Any], texts: Mapping[str, str]) -> Citation:
    start = texts[row["source"]].index(row["quote"])
    links = (
        Link(row["holder"], "said"),
        Link(row["author"], "written_by", row["published"]),
        Link(row["outlet"], "published_by", row["published"]),
    )
    return Citation(
        id=number,
        article_id="",
        source=row["source"],
        start=start,
        end=start + len(row["quote"]),
        quote=row["quote"],
        title=row["title"],
        author=row["author"],
        outlet=row["outlet"],
        published=row["published"],
        url=None,
        language=language_of(row["quote"]),
        holder=Holder(row["holder"], None, "person" if row["holder"] else "unnamed"),
        chain=tuple(link for link in links if link.name),
        form="direct",
    )
