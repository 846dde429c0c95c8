"""What `rashomon split` shows and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ingest.articles.build import cut_articles
from ingest.files import Options, SourceFile, read_file, sidecar_path
from ingest.read import read_document
from ingest.sidecar import write_sidecar
from vectorstore.errors import UsageError


def split_file(file: Path, force: bool, as_json: bool) -> Iterator[str]:
    """A line for each article of a file with the cues that made it begin there; the sidecar is
    written at the end.

    Raises SourceError when the file cannot be read, UsageError when a sidecar is there and `force`
    is not given.
    """
    beside = sidecar_path(file)
    upload = read_file(SourceFile(file, file.name), Options())
    document = read_document(upload.name, upload.content)
    articles = cut_articles(file.name, document)
    for article, cut in articles:
        line = document.text.count("\n", 0, article.start) + 1
        facts = {
            "line": line,
            "title": article.title,
            "author": article.author,
            "outlet": article.outlet,
        }
        facts |= {"published": article.published, "why": list(cut.reasons)}
        said = " · ".join(
            str(facts[name]) for name in ("author", "outlet", "published") if facts[name]
        )
        yield (
            json.dumps(facts, ensure_ascii=False)
            if as_json
            else f"{line:6}  {article.title}\n        {said}"
        )
        if not as_json:
            yield f"        because: {', '.join(cut.reasons)}"
    if beside.exists() and not force:
        raise UsageError(
            f"{beside.name} is there already, and was left alone. Add --force to write over it.",
            beside,
        )
    beside.write_text(write_sidecar(document.text, *zip(*articles, strict=True)), encoding="utf-8")
