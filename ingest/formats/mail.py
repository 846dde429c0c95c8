"""A saved mail as one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy

from ingest.document import Document, DocumentPart
from ingest.formats.encoding import decode, decode_as, is_binary
from ingest.formats.markup import read_markup
from ingest.metadata import Metadata
from vectorstore.errors import SourceNotText, SourceUnreadable
from vectorstore.language.normalise import squeeze

_LIST_NAME = re.compile(r"\s*\"?(?P<name>[^<\"]*[^<\"\s])\"?\s*<[^>]*>\s*$")
_LONGEST_HEADER = 5_000  # characters; facts are a tenth of that
_MOST_BOUNDARIES = 100  # of parts that hold parts: each line is compared with those it lies within


class _Policy(EmailPolicy):
    """The usual way to read a mail, without the ends of endless headers: at each word email copies
    what is left.
    """

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[:_LONGEST_HEADER]


def read(name: str, content: bytes) -> Document:
    """The text of a mail, else its HTML as text, with its subject, sender, date and list; quoted
    replies stay in it.

    Attachments are noted. Raises SourceNotText for what is no mail, SourceUnreadable for parts in
    parts without end.
    """
    if not content.strip():
        return Document("")
    try:
        return _read(name, _message(name, content))
    except RecursionError as error:
        raise SourceUnreadable(_nested(name)) from error


def _message(name: str, content: bytes) -> EmailMessage:
    """The mail in a file. Raises SourceNotText, SourceUnreadable."""
    if content.lower().count(b"boundary=") > _MOST_BOUNDARIES:
        raise SourceUnreadable(_nested(name))
    message = message_from_bytes(content, policy=_Policy())
    if not isinstance(message, EmailMessage) or not any(
        header in message for header in ("From", "Subject", "Date")
    ):
        raise SourceNotText(
            f"{name} is not a mail: it has no From, Subject or Date. Save its text as .txt."
        )
    return message


def _nested(name: str) -> str:
    return (
        f"{name} holds parts in parts in parts, more than any mail does. Save its text as .txt and"
        " ingest that."
    )


def _read(name: str, message: EmailMessage) -> Document:
    text = _body(name, message)
    attached = (
        sum(not part.is_multipart() for part in message.iter_attachments())
        if message.is_multipart()
        else 0
    )
    notes = (
        (f"{attached} attachments were not read.",)
        if attached > 1
        else ("1 attachment was not read.",) * attached
    )
    return Document(text, (DocumentPart(0, len(text), _facts(message)),) if text else (), notes)


def _body(name: str, message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        return ""
    text = decode_as(content, (part.get_content_charset(),))
    text = decode(name, content) if text is None or is_binary(text) else text
    return read_markup(text) if part.get_content_subtype() == "html" else text.strip("\r\n")


def _facts(message: EmailMessage) -> Metadata:
    return Metadata.stated(
        {
            "title": _header(message, "Subject"),
            "author": _sender(message),
            "outlet": _list_name(message),
            "date": _date(message),
        }
    )


def _header(message: EmailMessage, header: str) -> str | None:
    """The words of a header; None where there are none, or none that can be read."""
    try:
        return squeeze(str(message.get(header) or "")) or None
    except (
        AttributeError,
        LookupError,
        RecursionError,
        ValueError,
    ):  # email fails so on badly broken headers
        return None


def _sender(message: EmailMessage) -> str | None:
    """The name of the sender; an address alone names nobody."""
    if _header(message, "From") is None:
        return None
    names = [address.display_name for address in message["From"].addresses]
    return ", ".join(name for name in names if name) or None


def _date(message: EmailMessage) -> str | None:
    """The day on which the mail was sent, where it was sent."""
    sent = message["Date"].datetime if _header(message, "Date") else None
    return sent.date().isoformat() if sent else None


def _list_name(message: EmailMessage) -> str | None:
    """What a mailing list calls itself (RFC 2919: words before its identifier)."""
    match = _LIST_NAME.match(_header(message, "List-Id") or "")
    return match.group("name") if match else None
