"""The file outbox of the demo, read back: which letters lie in the folder and what they say."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from supervision.slots import SHANGHAI

NAME = re.compile(r"[0-9A-Za-z-]+\.eml")


@dataclass(frozen=True, slots=True)
class Stored:
    """One letter as it lies in its file."""

    name: str
    subject: str
    to: str
    sent_at: datetime | None
    message_id: str
    text: str
    html: str


def names(folder: Path) -> list[str]:
    """The files of letters, newest first: their names begin with the time of sending."""
    found = (path.name for path in folder.glob("*.eml"))
    return sorted((name for name in found if NAME.fullmatch(name)), reverse=True)


def read(folder: Path, name: str) -> Stored | None:
    """The letter in the file; None when there is no such letter. Only plain names are looked up."""
    if not NAME.fullmatch(name):
        return None
    try:
        content = (folder / name).read_bytes()
    except FileNotFoundError:
        return None
    letter = email.message_from_bytes(content, policy=email.policy.default)
    return _stored(name, letter) if isinstance(letter, EmailMessage) else None


def _stored(name: str, letter: EmailMessage) -> Stored:
    return Stored(
        name=name,
        subject=str(letter["Subject"] or ""),
        to=str(letter["To"] or ""),
        sent_at=_moment(name),
        message_id=str(letter["Message-ID"] or ""),
        text=_part(letter, "plain"),
        html=_part(letter, "html"),
    )


def _moment(name: str) -> datetime | None:
    """When the file was written: its name begins with nanoseconds since 1970."""
    first = name.partition("-")[0]
    if not first.isdecimal():
        return None
    return datetime.fromtimestamp(int(first) / 1e9, tz=SHANGHAI)


def _part(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
