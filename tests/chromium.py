"""Debian's Chromium on a server of its own: what the tests of the page and its screenshots
share.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

CHROMIUM = "/usr/bin/chromium"
_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_RASHOMON = [
    sys.executable,
    "-c",
    "import sys; from ui.cli.main import main; sys.exit(main())",
    "serve",
    "--port",
    "0",
]


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[str]:
    """The address of a server over the corpus in a folder, as a process of its own."""
    told = {f"RASHOMON_{name.upper()}": value for name, value in settings.items()}
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASHOMON_REPORTS": str(folder / "reports"),
        **told,
    }
    process = subprocess.Popen(
        [*_RASHOMON, "--corpus", str(folder / "corpus"), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=folder,
    )
    assert process.stdout is not None
    try:
        line = next((line for line in process.stdout if line.startswith("Rashomon is at ")), "")
        assert line, "the server did not start"
        yield line.split()[3]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        process.stdout.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_QUIET)
        yield browser
        browser.close()


def opened(browser: Any, url: str, **context: Any) -> Any:
    """A new page at an address, ready to be asked; English, and 1440 by 900 unless told
    otherwise.
    """
    told = {
        "viewport": {"width": 1440, "height": 900},
        "locale": "en-GB",
        "reduced_motion": "reduce",
        **context,
    }
    page = browser.new_context(**told).new_page()
    page.set_default_timeout(15_000)
    page.goto(url)
    page.locator("#hints, #chat .message").first.wait_for()
    page.locator("#articles, #question textarea").first.wait_for()
    page.wait_for_function(
        "document.querySelector('#hints button, #chat .message, #chat .placeholder')"
    )
    return page


def ask(page: Any, question: str) -> None:
    """Asks, and waits for the whole answer and its evidence."""
    before = page.locator("#chat .status, #chat .note").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator("#chat .status, #chat .note").nth(before).wait_for()
    page.get_by_role("button", name="Ask", exact=True).wait_for()
