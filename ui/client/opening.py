"""The way to a corpus: through the server that owns it, or else in this process. Either is imported
only when taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vectorstore.storage.lock import serving_url

if TYPE_CHECKING:
    from rag.settings import Settings
    from ui.client.local import Client


def open_client(settings: Settings) -> Client:
    """The product over the corpus that the settings name."""
    if url := serving_url(settings.corpus_location):
        from ui.client.remote import RemoteClient

        return RemoteClient(url, settings.api_key)
    from ui.client.local import LocalClient

    return LocalClient(settings)
