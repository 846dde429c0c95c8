from __future__ import annotations

from pathlib import Path

import pytest

from rag.settings import Settings, read_settings
from tests.conftest import ROOT
from vectorstore.errors import UsageError


def test_what_is_given_comes_before_the_environment_and_that_before_the_env_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("RASHOMON_PORT=1111\nRASHOMON_HOST=0.0.0.0\n")
    assert (read_settings().port, read_settings().host) == (1111, "0.0.0.0")
    monkeypatch.setenv("RASHOMON_PORT", "2222")
    assert read_settings().port == 2222
    assert read_settings(port=3333, host=None).port == 3333


def test_the_default_corpus_is_in_the_platforms_data_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RASHOMON_CORPUS")
    assert Path(read_settings().corpus_location).parts[-2:] == ("rashomon", "corpus")
    assert (
        read_settings(corpus="http://127.0.0.1:8000/mine").corpus_location
        == "http://127.0.0.1:8000/mine"
    )
    assert read_settings(corpus="~/mine").corpus_location == str(Path.home() / "mine")


def test_a_setting_that_cannot_be_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASHOMON_PORT", "seven")
    with pytest.raises(UsageError, match="The setting RASHOMON_PORT cannot be 'seven'"):
        read_settings()


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`RASHOMON_{name.upper()}`" in (ROOT / "README.md").read_text(encoding="utf-8")
