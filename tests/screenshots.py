"""The pictures of the documentation, made anew: `make screenshots`.

Each is one state of the page over the sample articles, in Debian's Chromium; Arabic needs a font
that has it (`fonts-noto-core`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.chromium import ask, chromium, opened, serving

GATES = "Who ordered the gates of the dam to be opened?"
ARABIC = "كم عدد ضحايا الدلتا؟"


def main(folder: Path) -> None:
    """Writes the pictures into a folder."""
    with (
        tempfile.TemporaryDirectory() as own,
        serving(Path(own), "--sample") as url,
        chromium() as browser,
    ):
        _shot(browser, url, folder / "page.png", GATES)
        _shot(browser, url, folder / "page-dark.png", GATES, marker=3, color_scheme="dark")
        _shot(browser, url, folder / "page-arabic.png", ARABIC)
        phone: dict[str, Any] = {
            "viewport": {"width": 390, "height": 844},
            "device_scale_factor": 2,
        }
        _shot(browser, url, folder / "page-phone.png", GATES, **phone)
        _voice(browser, url, folder / "page-voice.png")


def _shot(
    browser: Any, url: str, path: Path, question: str, marker: int = 0, **context: Any
) -> None:
    """One answer, with the words of a marker opened if one is named."""
    page = opened(browser, url, **context)
    ask(page, question)
    if marker:
        page.locator(f'#chat a.marker[href="#c-0-{marker}"]').first.click()
        page.locator("#sources mark.opened").first.wait_for()
    _take(page, path)


def _voice(browser: Any, url: str, path: Path) -> None:
    """All that one holder says."""
    page = opened(browser, url)
    ask(page, GATES)
    page.locator("#who a.name", has_text="Yevrim Kashtel").first.click()
    page.locator("#voice h2", has_text="Yevrim Kashtel").wait_for()
    _take(page, path)


def _take(page: Any, path: Path) -> None:
    page.wait_for_timeout(800)  # the fade of what appears
    page.screenshot(path=path)
    page.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
