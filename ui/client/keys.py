"""API keys: who may ask, take articles in, or administer. Only their hashes are kept, in a file
beside the corpus.

A key is 256 random bits, so a plain SHA-256 is no easier to reverse than the key is to guess; what
makes password hashes slow is of no use here. Keys are looked up by comparing every hash in constant
time.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from ui.jobs.job import now
from ui.schemas import from_json, to_json
from vectorstore.atomic_write import write_whole
from vectorstore.errors import KeysError, NotFound, UsageError

Scope = Literal["ask", "ingest", "admin"]
SCOPES: tuple[Scope, ...] = ("ask", "ingest", "admin")
FILE = "keys.json"
_PREFIX = "rk_"
_BYTES = 32
_SESSION_SECONDS = 12 * 3600


@dataclass(frozen=True)
class Caller:
    """Who asks, and what they may: `ingest` also changes and removes, `admin` may everything."""

    name: str
    scopes: tuple[Scope, ...]

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes or "admin" in self.scopes


ANYBODY = Caller("anybody", SCOPES)  # where no keys are needed


@dataclass(frozen=True)
class Key:
    """A key as it is kept: its name, what it may, the SHA-256 of the secret in hexadecimal, when it
    was made (ISO).
    """

    name: str
    scopes: tuple[Scope, ...]
    hash: str
    created: str

    @property
    def caller(self) -> Caller:
        return Caller(self.name, self.scopes)


class Keyring:
    """The keys in a file; what another process writes there counts from the next request on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int] | None, tuple[Key, ...]] = (None, ())

    @property
    def keys(self) -> tuple[Key, ...]:
        """Every key. Raises KeysError where the file cannot be read, or is gone: then nobody is let
        in.
        """
        try:
            state = self._path.stat()
        except FileNotFoundError as error:
            if self._read[1]:
                raise KeysError(
                    "keys.json is gone. Put it back, or start the server again.", self._path
                ) from error
            return ()
        except OSError as error:
            raise KeysError(
                "keys.json cannot be read. Mend it, or remove it.", self._path
            ) from error
        stamp = (state.st_mtime_ns, state.st_size)
        if stamp != self._read[0]:
            try:
                self._read = (stamp, from_json(tuple[Key, ...], self._path.read_bytes()))
            except (OSError, ValidationError) as error:
                raise KeysError(
                    f"{FILE} cannot be read ({type(error).__name__}). Mend it, or remove it and"
                    " make new keys with `rashomon keys add NAME`.",
                    self._path,
                ) from error
        return self._read[1]

    def caller(self, secret: str) -> Caller | None:
        """Whose a secret is; None for one that is unknown."""
        digest, known = _hashed(secret), None
        for key in self.keys:  # to the end, so that the time tells nothing
            if hmac.compare_digest(key.hash, digest):
                known = key.caller
        return known

    def add(self, name: str, scopes: Sequence[str]) -> str:
        """Makes a key and returns its secret, which is shown this once. Raises UsageError."""
        if not re.fullmatch(r"[\w.-]{1,60}", name):
            raise UsageError(
                f"{name!r} is no name of a key. Use letters, digits, dots and hyphens, 60 at most."
            )
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise UsageError(f"{unknown[0]!r} is no scope. There are: {', '.join(SCOPES)}.")
        if any(key.name == name for key in self.keys):
            raise UsageError(
                f"There is a key {name!r} already. Remove it first: `rashomon keys remove {name}`."
            )
        secret = _PREFIX + secrets.token_urlsafe(_BYTES)
        chosen = tuple(scope for scope in SCOPES if scope in scopes)
        self._write((*self.keys, Key(name, chosen, _hashed(secret), now())))
        return secret

    def remove(self, name: str) -> None:
        """Removes a key; whoever uses it is refused from then on. Raises NotFound."""
        left = tuple(key for key in self.keys if key.name != name)
        if left == self.keys:
            raise NotFound(f"There is no key {name!r}. `rashomon keys list` shows them.")
        self._write(left)

    def session(self, caller: Caller, seconds: int = _SESSION_SECONDS) -> str:
        """A token by which a browser stays signed in so long: the key's name and the end, signed
        with the key's hash, so that it ends with the key.
        """
        key = next(key for key in self.keys if key.name == caller.name)
        session_text = f"{key.name}|{int(time.time()) + seconds}"
        return f"{session_text}|{_signed(key, session_text)}"

    def in_session(self, token: str) -> Caller | None:
        """Whose a token is; None for one that is over, forged, or of a key that is gone."""
        session_text, _, signature = token.rpartition("|")
        name, _, end = session_text.rpartition("|")
        if not end.isascii() or not end.isdecimal() or int(end[:12]) < time.time():
            return None
        key = next((key for key in self.keys if key.name == name), None)
        return (
            key.caller
            if key and hmac.compare_digest(_signed(key, session_text).encode(), signature.encode())
            else None
        )

    def _write(self, keys: tuple[Key, ...]) -> None:
        write_whole(self._path, to_json(keys))


def _hashed(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _signed(key: Key, session: str) -> str:
    return hmac.new(key.hash.encode(), session.encode("utf-8", "replace"), sha256).hexdigest()
