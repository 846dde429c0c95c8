"""Files of what people write: made aside and moved into their places, so that none is ever
half-written.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from vectorstore.errors import CorpusUnreachable


def write_whole(path: Path, text: str) -> None:
    """Writes a file for its owner's eyes, in place of the one of its name. Raises CorpusUnreachable
    where the disk does not take it; the former one stays then.
    """
    aside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.touch(0o600)
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise CorpusUnreachable(
            f"{path.name} cannot be written: {error.strerror}. Make room, then try again.", path
        ) from error
