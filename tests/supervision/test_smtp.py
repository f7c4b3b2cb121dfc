"""What becomes of a letter is told apart: refused, later, unknown, unreachable, sent."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from supervision.smtp import Fate, Session
from tests.sink import SmtpSink
from tests.supervision.gruff import HANG_UP, SILENCE, Gruff, Mood

SendThrough = Callable[[int], None]


def mail(to: str = "fagai@yunchuan.example", body: str = "请签收。") -> EmailMessage:
    return EmailMessage("【落实】交办通知", body, "督查室 <duban@yunchuan.example>", [to])


@pytest.fixture
def impatient(settings: Settings) -> None:
    settings.SMTP_TIMEOUT = 0.3


def test_a_batch_goes_through_one_connection_and_arrives_as_written(sink: SmtpSink) -> None:
    with Session() as session:
        outcomes = [session.send(mail(f"unit{n}@yunchuan.example", f"第{n}封\n.点\n..")) for n in range(5)]
    assert [outcome.fate for outcome in outcomes] == [Fate.SENT] * 5
    assert [envelope.rcpt_tos for envelope in sink.envelopes] == [
        [f"unit{n}@yunchuan.example"] for n in range(5)
    ]
    assert sink.envelopes[0].mail_from == "duban@yunchuan.example"
    assert sink.messages[3].get_content().splitlines() == ["第3封", ".点", ".."]


@pytest.mark.parametrize(
    ("moods", "fate", "usable"),
    [
        ({"RCPT": "550 no such user"}, Fate.REFUSED, True),
        ({"DATA": "554 not from you"}, Fate.REFUSED, True),
        ({"DOT": "552 too large"}, Fate.REFUSED, True),
        ({"RCPT": "451 greylisted"}, Fate.LATER, True),
        ({"DOT": "452 mailbox full"}, Fate.LATER, True),
        ({"DATA": "421 too many"}, Fate.LATER, False),
        ({"RCPT": HANG_UP}, Fate.LATER, False),
        ({"DATA": SILENCE}, Fate.LATER, False),
        ({"DOT": SILENCE}, Fate.UNKNOWN, False),
        ({"DOT": HANG_UP}, Fate.UNKNOWN, False),
        ({"HELLO": "554 go away"}, Fate.UNREACHABLE, False),
        ({"HELLO": SILENCE}, Fate.UNREACHABLE, False),
        ({"MAIL": "530 sign in first"}, Fate.UNREACHABLE, False),
        ({"EHLO": HANG_UP}, Fate.UNREACHABLE, False),
    ],
    ids=str,
)
@pytest.mark.usefixtures("impatient")
def test_each_answer_has_its_meaning(
    send_through: SendThrough, moods: dict[str, Mood], fate: Fate, usable: bool
) -> None:
    with Gruff(**moods) as server, Session() as session:
        send_through(server.port)
        outcome = session.send(mail())
        assert outcome.fate is fate
        assert outcome.words
        assert session.is_usable is usable


def test_a_refused_letter_does_not_spoil_the_next(send_through: SendThrough) -> None:
    def only_good(words: str) -> str:
        return "550 no such user" if "bad" in words else "250 OK"

    with Gruff(RCPT=only_good) as server, Session() as session:
        send_through(server.port)
        fates = [session.send(mail(f"{who}@yunchuan.example")).fate for who in ("good", "bad", "good")]
        assert fates == [Fate.SENT, Fate.REFUSED, Fate.SENT]
        assert server.connections == 1


def test_a_letter_that_cannot_be_written_as_mail_does_not_break_the_line(send_through: SendThrough) -> None:
    with Gruff() as server, Session() as session:
        send_through(server.port)
        assert session.send(mail()).fate is Fate.SENT
        with pytest.raises(ValueError, match="newlines"):
            session.send(EmailMessage("两行\n主题", "x", "duban@yunchuan.example", ["a@yunchuan.example"]))
        assert session.send(mail()).fate is Fate.SENT
        assert (server.connections, len(server.bodies)) == (1, 2)


def test_a_line_closed_between_two_letters_is_dialled_anew(send_through: SendThrough) -> None:
    said: list[str] = []

    def tired(words: str) -> str:
        said.append(words)
        return "421 enough for one line" if len(said) == 2 else "250 OK"

    with Gruff(MAIL=tired) as server, Session() as session:
        send_through(server.port)
        assert [session.send(mail()).fate for _ in range(3)] == [Fate.SENT] * 3
        assert server.connections == 2
        assert len(server.bodies) == 3


def test_nobody_at_the_port_is_unreachable(send_through: SendThrough) -> None:
    with Gruff() as server:
        port = server.port
    send_through(port)
    with Session() as session:
        assert session.send(mail()).fate is Fate.UNREACHABLE
        assert not session.is_usable


def test_a_wrong_password_is_the_servers_matter_and_says_so(
    send_through: SendThrough, settings: Settings
) -> None:
    with (
        Gruff(EHLO="250-gruff\r\n250 AUTH PLAIN", AUTH="535 bad credentials") as server,
        Session() as session,
    ):
        send_through(server.port)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "duban", "wrong"
        outcome = session.send(mail())
    assert outcome.fate is Fate.UNREACHABLE
    assert "535" in outcome.words
    assert "wrong" not in outcome.words


def test_a_chinese_mail_domain_is_written_in_ascii(sink: SmtpSink) -> None:
    with Session() as session:
        assert session.send(mail("ducha@云川.example")).fate is Fate.SENT
    domain = "云川.example".encode("idna").decode()
    assert sink.envelopes[0].rcpt_tos == [f"ducha@{domain}"]
