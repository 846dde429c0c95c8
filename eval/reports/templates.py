"""Templates of HTML pages. Jinja2 lives here; everything that a template shows is escaped, and
without the invisible marks that turn the direction of writing.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from vectorstore.language.normalise import without_direction_marks


def rendered(package: str, template: str, /, **values: Any) -> str:
    """A template of a package's folder `templates`, with these values in it; a value that is
    missing is an error.
    """
    text: str = _environment(package).get_template(template).render(values)
    return text


def _shown(value: Any) -> Any:
    # markup is made of what was shown
    return without_direction_marks(value) if type(value) is str else value


@cache
def _environment(package: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
