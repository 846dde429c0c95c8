"""How words reached an article: who said them, and who quoted that."""

from __future__ import annotations

from dataclasses import replace

from ingest.attribution.reported import ReportedSpan
from vectorstore.records import Link, Statement


def told_chain(reported: ReportedSpan, parent: Statement | None) -> tuple[Link, ...]:
    """Who said it, then how it reached us: a speaker above is who quoted it."""
    above = parent.chain if parent else ()
    said = Link(reported.holder.name or reported.holder.mention, "said")
    return (
        said,
        *(replace(link, role="quoted_by") if link.role == "said" else link for link in above),
    )
