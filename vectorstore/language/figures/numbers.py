"""Numbers in running text, with their values: "3,000", "٣٠٠٠" and "3 000" (with a no-break space)
are one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\w.,٫٬])(?:\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+|\d{1,40})(?:[.٫]\d{1,40})?(?![\d])",
)


@dataclass(frozen=True)
class Number:
    """A number of a text: its value as a normal decimal string, and where it stands."""

    value: str
    start: int
    end: int


def numbers(text: str) -> list[Number]:
    """The numbers written with digits (Latin, Arabic-Indic, Persian), in order; grouping marks are
    dropped.
    """
    return [
        Number(normal(match.group()), match.start(), match.end())
        for match in _NUMBER.finditer(text)
    ]


def normal(written: str) -> str:
    """The plain form of a written number: Latin digits, "." as decimal mark, no grouping, no
    trailing zeros.
    """
    whole, _, part = re.sub(r"[,٬\u00a0\u202f]", "", written).replace("٫", ".").partition(".")
    part = "".join(str(int(digit)) for digit in part).rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))
