"""Mail without a mail server: each letter becomes one .eml file that a page lists."""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    """Writes to settings.MAIL_OUTBOX. A letter sent twice is two files, so that a double is seen."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.MAIL_OUTBOX
        if folder is None:
            raise ImproperlyConfigured("已设置 EMAIL_URL，邮件应由邮件服务器发出，而不是写入文件")
        for message in email_messages:
            store(message.message().as_bytes(), folder)
        return len(email_messages)


def store(letter: bytes, folder: Path) -> Path:
    """Write one letter; it appears whole or not at all. Names sort by the time of sending."""
    name = f"{time.time_ns():020d}-{os.getpid()}-{hashlib.sha256(letter).hexdigest()[:12]}.eml"
    draft = folder / f".{name}"
    with open(draft, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(letter)
    return draft.rename(folder / name)
