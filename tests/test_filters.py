"""The filters, said once: every face has each of them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from rag.filters import DAYS, FIELDS, LISTS, OPTIONS, Filters
from ui.api.requests import AskedFilters
from ui.cli.main import main
from ui.cli.one_question import parser
from ui.client.facets import Facets
from vectorstore.records import Article


def test_the_table_has_every_filter_and_every_fact_is_an_articles() -> None:
    assert [field.name for field in fields(Filters)] == [*LISTS, *DAYS, "ignored"]
    facts = {fact for field in FIELDS for fact in field.facts}
    assert facts <= {field.name for field in fields(Article)}


def test_the_api_takes_every_filter_and_the_page_counts_those_of_the_command_line() -> None:
    assert list(AskedFilters.model_fields) == [field.name for field in fields(Filters)]
    assert set(OPTIONS.values()) | {"articles", *DAYS} == {field.name for field in fields(Facets)}


def test_the_command_line_has_an_option_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {f"--{name}" for name in (*OPTIONS, *DAYS, "ignore")}
    plain = {option for action in parser()._actions for option in action.option_strings}
    assert plain - {"--corpus", "--json"} == wanted
    for command in ("ask", "search"):
        assert main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        assert {option for option in wanted if option not in shown} == set()
