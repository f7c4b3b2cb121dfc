"""A real SMTP server in this process that keeps every letter it accepts."""

import email
import email.policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services import free_port, until_ready


class SmtpSink:
    """`messages`: the letters, parsed, in the order of arrival; `envelopes`: what the dialogue said.

    `answer` may be set to another reply ("451 later", "550 no such user") that DATA then gets.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.answer = ""
        self.port = free_port()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True, data_size_limit=50_000_000
        )

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """The letters whose envelope names the address."""
        return [
            message
            for message, envelope in zip(self.messages, self.envelopes, strict=True)
            if address in envelope.rcpt_tos
        ]

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The letters as soon as there are at least `count`. Raises Unavailable when they never come."""
        until_ready(
            lambda: len(self.messages) >= count, f"邮件（已到 {len(self.messages)} 封，应有 {count} 封）"
        )
        return self.messages

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer:
            return self.answer
        letter = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.envelopes.append(envelope)
        self.messages.append(letter)
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
