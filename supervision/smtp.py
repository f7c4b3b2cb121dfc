"""One mail server, many letters: a connection that tells apart what became of each.

Django's own backend answers "sent" or raises; the outbox must know whether a failure was the letter's or the
server's, and whether it came before or after the body was handed over (RFC 5321 §6.1, RFC 1047).
"""

import smtplib
import ssl
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Fate(Enum):
    SENT = "sent"
    REFUSED = "refused"  # 5xx about this letter: trying again is useless
    LATER = "later"  # 4xx, or the line broke before the final dot
    UNKNOWN = "unknown"  # silence after the final dot: it may have arrived
    UNREACHABLE = "unreachable"  # no letter gets through: the server is away or does not let us in


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter, with the server's own words."""

    fate: Fate
    words: str = ""


SENT = Outcome(Fate.SENT)


class Mailer(Protocol):
    """What the outbox sends with; `is_usable` is False once further letters would fail as well."""

    is_usable: bool

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def send(self, letter: EmailMessage) -> Outcome: ...


def mailer() -> Mailer:
    """The way out that the settings name."""
    return Session() if settings.EMAIL_BACKEND == SMTP_BACKEND else BackendMailer()


class Session:
    """One SMTP connection for a batch of letters, opened with the first, renewed once when it went stale."""

    def __init__(self) -> None:
        self.is_usable = True
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def send(self, letter: EmailMessage) -> Outcome:
        """Hand over one letter to its one recipient. ValueError when it cannot be put into mail form."""
        sender, recipient = _address(letter.from_email), _address(letter.to[0])
        # Before the dialogue: a fault must not end it midway.
        body = letter.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        was_open = self._server is not None
        outcome = self._attempt(sender, recipient, body)
        if was_open and outcome.fate is Fate.UNREACHABLE:
            # Servers close a line after so many letters or an idle while; that is no outage.
            self.is_usable = True
            outcome = self._attempt(sender, recipient, body)
        return outcome

    def _attempt(self, sender: str, recipient: str, body: bytes) -> Outcome:
        try:
            server = self._server or self._connect()
            self._server = server
            _expect(server.mail(sender, _options(server)), 250)
        except (OSError, smtplib.SMTPException) as failure:
            return self._lost(Fate.UNREACHABLE, failure)
        try:
            _expect(server.rcpt(recipient), 250, 251)
            _expect(server.docmd("DATA"), 354)
        except smtplib.SMTPResponseException as answer:
            return self._answered(answer)
        except (OSError, smtplib.SMTPException) as failure:
            return self._lost(Fate.LATER, failure)
        return self._hand_over(server, body)

    def _hand_over(self, server: smtplib.SMTP, body: bytes) -> Outcome:
        # Body and final dot in one write: two writes met Nagle and a delayed ACK, 40 ms a letter.
        quoted = body.replace(b"\r\n.", b"\r\n..")
        try:
            server.send((quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n") + b".\r\n")
            _expect(server.getreply(), 250)
        except smtplib.SMTPResponseException as answer:
            return self._answered(answer)
        except (OSError, smtplib.SMTPException) as failure:
            return self._lost(Fate.UNKNOWN, failure)
        return SENT

    def _answered(self, answer: smtplib.SMTPResponseException) -> Outcome:
        """The server said no to this letter; the line stays open for the next, unless it said goodbye."""
        if answer.smtp_code == 421 or answer.smtp_code < 0:
            return self._lost(Fate.LATER, answer)
        fate = Fate.REFUSED if 500 <= answer.smtp_code < 600 else Fate.LATER
        try:
            if self._server is not None:
                self._server.rset()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
        return Outcome(fate, _words(answer))

    def _lost(self, fate: Fate, failure: Exception) -> Outcome:
        self.is_usable = False
        self._hang_up()
        return Outcome(fate, _words(failure))

    def _connect(self) -> smtplib.SMTP:
        server = _dial()
        try:
            server.ehlo_or_helo_if_needed()
            if settings.EMAIL_USE_TLS:
                server.starttls(context=_tls())
            if settings.EMAIL_HOST_USER:
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


class BackendMailer:
    """Any other Django backend: the file outbox of the demo, memory in tests."""

    def __init__(self) -> None:
        self.is_usable = True
        self._connection = get_connection(fail_silently=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, letter: EmailMessage) -> Outcome:
        try:
            self._connection.send_messages([letter])
        except OSError as failure:
            self.is_usable = False
            return Outcome(Fate.UNREACHABLE, _words(failure))
        return SENT


def _dial() -> smtplib.SMTP:
    name = urlsplit(settings.SITE_URL).hostname or "localhost"
    if settings.EMAIL_USE_SSL:
        return smtplib.SMTP_SSL(
            settings.EMAIL_HOST,
            settings.EMAIL_PORT,
            local_hostname=name,
            timeout=settings.SMTP_TIMEOUT,
            context=_tls(),
        )
    return smtplib.SMTP(
        settings.EMAIL_HOST, settings.EMAIL_PORT, local_hostname=name, timeout=settings.SMTP_TIMEOUT
    )


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.EMAIL_SSL_CERTFILE:
        context.load_cert_chain(settings.EMAIL_SSL_CERTFILE, settings.EMAIL_SSL_KEYFILE)
    return context


def _options(server: smtplib.SMTP) -> list[str]:
    return ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []


def _address(address: str) -> str:
    """The bare address for the envelope, its domain in ASCII."""
    encoded: str = sanitize_address(address, "utf-8")
    return encoded.rsplit("<", 1)[-1].rstrip(">")


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, words = answer
    if code not in codes:
        raise smtplib.SMTPResponseException(code, words)


def _words(failure: Exception) -> str:
    """What went wrong, for the person at the desk: the server's words where there are any."""
    if isinstance(failure, smtplib.SMTPResponseException):
        said = failure.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{failure.smtp_code} {' '.join(text.split())}"[:500]
    return f"{type(failure).__name__}：{failure}"[:500]
