"""The settings: what can be set, by environment variables `RASHOMON_*` and a `.env` file."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.variables import PREFIX, variables
from vectorstore.errors import UsageError
from vectorstore.records import content_id
from vectorstore.storage.location import corpus_location, data_folder, is_url


class Settings(BaseModel):
    """Every setting with its default. The README lists them."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    corpus: str = Field(
        "",
        description=(
            "Folder or Chroma URL (http://host:port/name) of the corpus; "
            "default: the platform's data folder for rashomon"
        ),
    )
    embedder: str = Field(
        "",
        description=(
            "Folder or hub name of a sentence-transformers model; default: the bundled"
            " all-MiniLM-L6-v2"
        ),
    )
    embedder_languages: str = Field(
        "",
        description=(
            "Languages that model reads, as codes with commas (en,ar); default: a probe finds out"
        ),
    )
    embedder_url: str = Field(
        "",
        description=(
            "OpenAI-compatible server of embeddings, such as http://127.0.0.1:8081/v1, where"
            " RASHOMON_EMBEDDER names the model; default: none"
        ),
    )
    embedder_api_key: str = Field(
        "", description="Key for that server, if it wants one", repr=False
    )
    embedder_tokens: int = Field(
        256, ge=32, description="Tokens of a passage, at most, for the model at that server"
    )
    read_seconds: float = Field(
        60,
        gt=0,
        le=86_400,
        description="Seconds that reading a file may take, and again for each megabyte of it",
    )
    ray: str = Field(
        "",
        description=(
            "Address of a Ray cluster over which ingest is spread, or `local` for the cores of this"
            " machine; default: one process"
        ),
    )
    reranker: str = Field(
        "",
        description=(
            "Folder or hub name of a cross-encoder that reads the best passages again; default:"
            " none"
        ),
    )
    judge: str = Field(
        "",
        description=(
            "Second judge of what a language model writes, beside the typed checks: `model` (the"
            " same), or the folder or hub name of an NLI cross-encoder; default: none"
        ),
    )
    llm_url: str = Field(
        "",
        description=(
            "OpenAI-compatible server that writes answers, such as http://127.0.0.1:8080/v1;"
            " default: none"
        ),
    )
    llm_model: str = Field("", description="Name of the model at that server")
    llm_api_key: str = Field("", description="Key for that server, if it wants one", repr=False)
    llm_seconds: float = Field(60, gt=0, description="Seconds to wait for the model, at each step")
    llm_tokens: int = Field(6000, ge=1000, description="Tokens of a prompt, at most")
    reports: str = Field(
        "",
        description=(
            "Folder of the last eval reports, which the page shows; default: in the platform's data"
            " folder"
        ),
    )
    host: str = Field("127.0.0.1", description="Address that `rashomon serve` listens on")
    port: int = Field(7860, ge=0, le=65535, description="Port that `rashomon serve` listens on")
    without_keys: bool = Field(
        False, description="Whether a server that others reach may do without API keys"
    )
    api_key: str = Field(
        "", description="Key with which the commands go through a server that has keys", repr=False
    )
    hosts: str = Field(
        "",
        description=(
            "Other names by which a server on this machine is asked, with commas, such as a proxy's"
        ),
    )
    origins: str = Field(
        "", description="Sites whose pages may use the API in a browser (CORS), with commas; none"
    )
    rate: int = Field(
        600,
        ge=1,
        description="Requests a minute of each key, or of each address where there are none",
    )
    at_once: int = Field(
        4,
        ge=1,
        le=64,
        description="Questions that are answered at once; as many as eight times that wait",
    )
    seconds: float = Field(120, gt=0, description="Seconds that a question may take")
    log: Literal["off", "problems", "requests", "questions"] = Field(
        "problems",
        description=(
            "What the server tells on standard error, as JSON lines: each more than the one before"
        ),
    )

    @property
    def corpus_location(self) -> str:
        """The corpus folder or URL, with the default filled in."""
        return corpus_location(self.corpus)

    @property
    def reports_folder(self) -> Path:
        """The folder of the eval reports that are kept, with the default filled in."""
        if self.reports:
            return Path(self.reports).expanduser()
        return data_folder() / "reports"

    @property
    def beside(self) -> Path | None:
        """The folder of what people write about a corpus on a server; None for one in a folder,
        which is its own.
        """
        if not is_url(self.corpus_location):
            return None
        at = urlsplit(self.corpus_location)
        place = f"{at.hostname}-{at.port or ''}-{at.path}"  # without name and password
        slug = re.sub(r"[^a-z0-9.]+", "-", place.casefold()).strip("-")
        return data_folder() / "servers" / f"{slug}-{content_id(place)[:8]}"

    @property
    def kept_folder(self) -> Path:
        """The folder of what is kept about a corpus and not in it: keys, uploads that wait,
        feedback.
        """
        return self.beside or Path(self.corpus_location)


def listed(setting: str) -> tuple[str, ...]:
    """The values of a setting that takes several, with commas between them."""
    return tuple(value.strip() for value in setting.split(",") if value.strip())


def is_local(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_settings(**settings: Any) -> Settings:
    """The settings, with those given here (None: not given) before the environment, and that before
    the file.

    Raises UsageError for a value that cannot be.
    """
    stated = {name: value for name, value in settings.items() if value is not None}
    try:
        return Settings(**variables() | stated)
    except ValidationError as error:
        wrong = error.errors()[0]
        name = PREFIX + str(wrong["loc"][0]).upper()
        raise UsageError(
            f"The setting {name} cannot be {wrong['input']!r}: {wrong['msg']}."
        ) from error
