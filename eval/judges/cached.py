"""A judge that remembers: verdicts by content, in a SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter

from rag.answer import Citation
from rag.verification.evidence import chain
from rag.verification.verdict import Judge, Verdict
from vectorstore.errors import RunError

_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)


class CachedJudge:
    """Asks a judge once for each sentence with its citations. What it gave no verdict on is asked
    again.
    """

    def __init__(self, judge: Judge, path: Path) -> None:
        self._judge = judge
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        try:
            self._rows.execute(
                "create table if not exists verdicts (key text primary key, verdict text not null)"
            )
        except sqlite3.DatabaseError as error:
            raise RunError(
                "The cache is no SQLite file. Name another, or remove it.", path
            ) from error

    @property
    def name(self) -> str:
        return self._judge.name

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        key = _key(self.name, sentence, citations)
        with self._lock:
            row = self._rows.execute(
                "select verdict from verdicts where key = ?", (key,)
            ).fetchone()
        if row:
            return _VERDICT.validate_json(row[0])
        verdict = self._judge.judge(sentence, citations)
        if verdict.support is not None:
            with self._lock:
                self._rows.execute(
                    "insert or replace into verdicts values (?, ?)",
                    (key, json.dumps(asdict(verdict))),
                )
        return verdict

    def close(self) -> None:
        self._rows.close()


def _key(name: str, sentence: str, citations: Sequence[Citation]) -> str:
    read = [
        [citation.quote, citation.title, citation.published, *chain(citation)]
        for citation in citations
    ]
    return hashlib.sha256(
        json.dumps([name, sentence, read], ensure_ascii=False).encode()
    ).hexdigest()
