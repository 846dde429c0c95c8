"""Where a browser signs in, and out again."""

from __future__ import annotations

from eval.reports.templates import rendered
from ui.client.keys import Caller


def sign_in_page(error: str | None) -> str:
    """The form, with what was wrong with the last try."""
    return rendered("ui.render", "sign_in.html.jinja", error=error)


def signed_in_as(caller: Caller) -> str:
    """Who is signed in, with the way out."""
    return rendered("ui.render", "signed_in.html.jinja", caller=caller)
