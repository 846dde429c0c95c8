"""Templates of HTML pages. Jinja2 lives here; everything that a template shows is escaped."""

from __future__ import annotations

from functools import cache
from typing import Any


def rendered(package: str, template: str, /, **values: Any) -> str:
    """A template of a package's folder `templates`, with these values in it; a value that is missing is an error."""
    text: str = _environment(package).get_template(template).render(values)
    return text


@cache
def _environment(package: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
