"""The keyring, and the commands that fill it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.served import keyring
from ui.cli.main import main
from ui.client.keys import Caller, Keyring
from vectorstore.errors import KeysError, NotFound, UsageError


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return keyring(tmp_path)


def test_a_key_is_known_by_its_secret_and_kept_by_its_hash_alone(
    keys: Keyring, tmp_path: Path
) -> None:
    secret = keys.add("desk", ["ingest", "ask"])
    assert keys.caller(secret) == Caller("desk", ("ask", "ingest"))
    assert keys.caller(secret[:-1]) is keys.caller("") is keys.caller("\ud800") is None
    kept = tmp_path / "keys.json"
    assert secret.startswith("rk_") and len(secret) == 46
    assert secret.removeprefix("rk_") not in kept.read_text()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_another_process_s_keys_count_at_once(keys: Keyring, tmp_path: Path) -> None:
    assert keys.keys == ()
    secret = keyring(tmp_path).add("desk", ["ask"])
    assert keys.caller(secret) == Caller("desk", ("ask",))
    keyring(tmp_path).remove("desk")
    assert keys.caller(secret) is None


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        (["ask"], [True, False, False]),
        (["ingest"], [False, True, False]),
        (["ask", "ingest"], [True, True, False]),
        (["admin"], [True, True, True]),
    ],
)
def test_a_key_reaches_as_far_as_its_scopes(
    keys: Keyring, scopes: list[str], may: list[bool]
) -> None:
    caller = keys.caller(keys.add("desk", scopes))
    assert caller and [caller.may("ask"), caller.may("ingest"), caller.may("admin")] == may


@pytest.mark.parametrize(
    ("name", "scopes", "why"),
    [
        ("two words", ["ask"], "'two words' is no name of a key."),
        ("", ["ask"], "'' is no name of a key."),
        ("a|b", ["ask"], "'a|b' is no name of a key."),
        ("x" * 61, ["ask"], f"'{'x' * 61}' is no name of a key."),
        ("desk", ["ask", "write"], "'write' is no scope. There are: ask, ingest, admin."),
        (
            "known",
            ["ask"],
            "There is a key 'known' already. Remove it first: `rashomon keys remove known`.",
        ),
    ],
)
def test_a_key_that_cannot_be_is_refused(
    keys: Keyring, name: str, scopes: list[str], why: str
) -> None:
    keys.add("known", ["ask"])
    with pytest.raises(UsageError) as told:
        keys.add(name, scopes)
    assert str(told.value).startswith(why)
    assert [key.name for key in keys.keys] == ["known"]


def test_a_key_that_is_not_there_cannot_be_removed(keys: Keyring) -> None:
    with pytest.raises(NotFound, match="There is no key 'desk'"):
        keys.remove("desk")


def test_nobody_is_let_in_by_keys_that_cannot_be_read(keys: Keyring, tmp_path: Path) -> None:
    secret = keys.add("desk", ["ask"])
    (tmp_path / "keys.json").write_text("[{}]")
    with pytest.raises(KeysError, match="cannot be read"):
        keys.caller(secret)


def test_a_session_is_its_key_s_until_it_ends_or_the_key_goes(keys: Keyring) -> None:
    desk = keys.caller(keys.add("desk", ["ask"]))
    keys.add("night", ["ask"])
    assert desk
    token = keys.session(desk)
    assert keys.in_session(token) == desk
    name, end, signature = token.split("|")
    forged = [
        f"night|{end}|{signature}", f"{name}|{int(end) + 1}|{signature}", f"{name}|{end}|", f"{name}|{end}",
        "", "|", "||", f"{name}|²|{signature}", f"{name}|{'9' * 5000}|{signature}", f"{name}|{end}|é",
    ]  # fmt: skip
    assert [keys.in_session(one) for one in forged] == [None] * len(forged)
    assert keys.in_session(keys.session(desk, seconds=-1)) is None
    keys.remove("desk")
    keys.add("desk", ["ask"])
    assert keys.in_session(token) is None


def test_the_commands_make_list_and_remove_keys(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    at = ["--corpus", str(tmp_path / "news")]
    assert main(["keys", "add", "desk", "--scope", "ask", "--scope", "ingest", *at]) == 0
    secret = capsys.readouterr().out.strip()
    assert keyring(tmp_path / "news").caller(secret) == Caller("desk", ("ask", "ingest"))
    assert main(["keys", "add", "reader", *at]) == 0
    assert main(["keys", "add", "reader", *at]) == 2
    capsys.readouterr()
    assert main(["keys", "list", "--json", *at]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(key["name"], key["scopes"]) for key in told] == [
        ("desk", ["ask", "ingest"]),
        ("reader", ["ask"]),
    ]
    assert main(["keys", "remove", "desk", *at]) == 0
    assert capsys.readouterr().out == "removed desk\n"
    assert main(["keys", "list", *at]) == 0
    assert capsys.readouterr().out.split() == ["reader", "ask", told[1]["created"][:10]]


def test_keys_that_are_gone_let_nobody_in(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys.json")
    assert keys.keys == ()
    keys.add("desk", ["ask"])
    assert len(keys.keys) == 1
    (tmp_path / "keys.json").unlink()
    with pytest.raises(
        KeysError, match=r"keys\.json is gone\. Put it back, or start the server again\."
    ):
        keys.keys  # noqa: B018
