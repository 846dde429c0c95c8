"""Chroma: its clients, its rows in pages, its errors. chromadb lives here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import CorpusUnreachable, RashomonError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_SECONDS = 60.0  # that a Chroma server may take over one request
_FULL = ("(code: 13)", "No space left on device")  # SQLite's word for a full disk, and the system's
PAGE = 300  # what a hosted Chroma takes in one write and gives in one answer


def open_collection(client: Client, name: str, metadata: dict[str, Any]) -> Collection:
    """The collection of a name, made with this metadata when it is not there; it keeps what it has
    when it is.

    Where it is there nothing is written, so that a full disk can be read from.
    """
    from chromadb.errors import NotFoundError

    with suppress(NotFoundError):
        return client.get_collection(name, embedding_function=None)
    return client.get_or_create_collection(
        name,
        metadata=metadata,
        embedding_function=None,  # or Chroma would download a model
        configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
    )


def embedded_client(folder: Path) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    with chroma_errors(str(folder)):
        try:
            return cast(
                "Client",
                chromadb.PersistentClient(
                    str(folder), settings=Settings(anonymized_telemetry=False)
                ),
            )
        except (
            Exception
        ):  # Chroma keeps what did not start, and would give it to whoever tries again
            SharedSystemClient._identifier_to_system.pop(str(folder), None)
            raise


def let_go(client: Client) -> None:
    """Closes a client, whatever state it is in."""
    from chromadb.api.shared_system_client import SharedSystemClient

    for session in _sessions_of(client):
        session.close()
    with suppress(Exception):  # what has not started cannot be stopped either, and Chroma says so
        client.close()
        return
    SharedSystemClient._identifier_to_system.pop(client._identifier, None)


def _sessions_of(client: Client) -> list[Any]:
    """The connections of a client to a server, which Chroma gives no time and does not close; none
    of another.
    """
    servers = (
        getattr(holder, "_server", None)
        for holder in (client, getattr(client, "_admin_client", None))
    )
    return [session for server in servers if (session := getattr(server, "_session", None))]


@contextmanager
def server_client(url: str) -> Iterator[Client]:
    """Chroma at an address, for as long as it is wanted."""
    import chromadb
    from chromadb.config import Settings

    try:
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        client = cast(
            "Client",
            chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 8000),
                ssl=secure,
                settings=Settings(anonymized_telemetry=False),
            ),
        )
    except ValueError as error:
        raise CorpusUnreachable(
            "The Chroma server does not answer. Start it (`chroma run`), or name another corpus"
            " with --corpus.",
            url,
        ) from error
    for session in _sessions_of(client):
        session.timeout = _SECONDS
    try:
        yield client
    finally:
        let_go(client)


def write_rows(
    collection: Collection,
    ids: Sequence[str],
    vectors: Sequence[Any],
    texts: Sequence[str],
    rows: Sequence[Any],
) -> None:
    """Writes rows in place of any of the same ids: `add` would ignore them and `upsert` would keep
    their stale keys.
    """
    for at in range(0, len(ids), PAGE):
        here = slice(at, at + PAGE)
        delete_rows(collection, ids=list(ids[here]))
        collection.add(
            ids=list(ids[here]),
            embeddings=list(vectors[here]),
            documents=list(texts[here]),
            metadatas=list(rows[here]),
        )


def delete_rows(collection: Collection, ids: Any = None, where: Any = None) -> None:
    """Deletes rows if there are any: looking takes a millisecond, and a delete of nothing writes to
    the disk too.
    """
    if collection.get(ids=ids, where=where, limit=1, include=[])["ids"]:
        collection.delete(ids=ids, where=where)


def vectors_of(
    collection: Collection, where: Any = None
) -> Iterator[tuple[str, Mapping[str, Any], str, NDArray[np.float32]]]:
    """Every row of a collection that fits: its id, metadata, document and vector."""
    for page in _pages(collection, where, ["metadatas", "documents", "embeddings"]):
        rows = np.asarray(page["embeddings"], dtype=np.float32)
        yield from zip(page["ids"], page["metadatas"], page["documents"], rows, strict=True)


def pages_of(
    collection: Collection, where: Any = None
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Every row of a collection that fits: its id, metadata and document."""
    for page in _pages(collection, where, ["metadatas", "documents"]):
        yield from zip(page["ids"], page["metadatas"], page["documents"], strict=True)


def facts_of(collection: Collection, where: Any = None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every row that fits, without its document: its id and metadata."""
    for page in _pages(collection, where, ["metadatas"]):
        yield from zip(page["ids"], page["metadatas"], strict=True)


def _pages(collection: Collection, where: Any, include: list[str]) -> Iterator[Mapping[str, Any]]:
    offset = 0
    while True:
        page: Any = collection.get(where=where, limit=PAGE, offset=offset, include=include)  # type: ignore[arg-type]
        yield page
        if len(page["ids"]) < PAGE:
            return
        offset += PAGE


@contextmanager
def chroma_errors(where: str) -> Iterator[None]:
    """Turns whatever comes out of a call into Chroma into CorpusUnreachable: a database that is
    away or full shows itself by errors of many kinds, some of them Python's own.
    """
    try:
        yield
    except (RashomonError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic below Chroma is no Exception
        if not _is_of_chroma(error):
            raise
        full = any(words in str(error) for words in _FULL)
        why = (
            f"The corpus does not answer ({type(error).__name__}). Check the folder or the server."
        )
        raise CorpusUnreachable(
            "The disk is full. Make room, then try again." if full else why, f"{where}: {error}"
        ) from error


def _is_of_chroma(error: BaseException) -> bool:
    """Whether an error was raised below a call into Chroma."""
    places = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__))
    return any(name.partition(".")[0] == "chromadb" for name in places)
