"""A long reading tells how far it is and can be cancelled: nothing half-saved, and it may start again."""

import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Department
from speeches import actions, intake, jobs, parsing
from speeches.models import Speech
from speeches.readers import ReadRefused, read_bytes, sandbox
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.readers2 import making
from tests.speeches.texts import SPEECH

PAGES = making.pdf(making.set_lines(SPEECH.split("\n") * 4, rows=8))
Office = dict[str, Department]


@pytest.fixture
def long(people: Cast, office: Office, monkeypatch: pytest.MonkeyPatch) -> Speech:
    """A PDF of some pages that waits to be read, every page of which is told."""
    monkeypatch.setattr(sandbox, "PAUSE", 0)
    made, _ = intake.accept(file_name="长.pdf", content=PAGES, by=people.supervisor, at=UPLOADED)
    return made


def watch(monkeypatch: pytest.MonkeyPatch, seen: Callable[[Speech], None]) -> None:
    """Call `seen` with the row each time a worker has said how far it is."""
    step = parsing._step

    def watched(pk: int, *words: Any) -> None:
        step(pk, *words)
        seen(Speech.objects.get(pk=pk))

    monkeypatch.setattr(parsing, "_step", watched)


def cancel_at(page: str, people: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Cancel once that page is reached; the stages a worker tells until it notices."""
    stages: list[str] = []

    def seen(speech: Speech) -> None:
        stages.append(speech.stage)
        if page in speech.stage:
            actions.cancel(speech.pk, by=people.supervisor)

    watch(monkeypatch, seen)
    return stages


def test_every_page_is_told_with_how_many_there_are(long: Speech, monkeypatch: pytest.MonkeyPatch) -> None:
    stages: list[tuple[str, int]] = []
    watch(monkeypatch, lambda speech: stages.append((speech.stage, speech.percent)))
    parsing.parse(long.pk, at=UPLOADED)
    total = len(making.set_lines(SPEECH.split("\n") * 4, rows=8))
    told = [stage for stage, _ in stages if "页" in stage]
    assert told == [f"读取文件：第{page}页，共{total}页" for page in range(1, total + 1)]
    percents = [percent for _, percent in stages]
    assert percents == sorted(percents)
    assert len(set(percents)) > total


def test_cancelled_it_stops_at_the_next_page_and_stores_nothing(
    long: Speech, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages = cancel_at("第2页", people, monkeypatch)
    after = parsing.parse(long.pk, at=UPLOADED)
    assert after.status == Speech.Status.CANCELLED
    assert stages[-1].startswith("读取文件：第2页"), "no page is read behind the one it was cancelled at"
    assert (after.text, after.raw_text, after.title, after.percent) == ("", "", "", 0)
    assert not after.directives.exists()


def test_the_child_that_was_reading_is_gone(
    long: Speech, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def kept(*words: Any, **options: Any) -> "subprocess.Popen[bytes]":
        children.append(popen(*words, **options))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", kept)
    cancel_at("第2页", people, monkeypatch)
    parsing.parse(long.pk, at=UPLOADED)
    (child,) = children
    assert child.returncode in (-signal.SIGKILL, 0), "ended, and waited for"


def test_it_may_be_started_again(long: Speech, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        cancel_at("第2页", people, patch)
        parsing.parse(long.pk, at=UPLOADED)
    actions.retry(long.pk, by=people.supervisor, at=UPLOADED)
    after = parsing.parse(long.pk, at=UPLOADED)
    assert after.status == Speech.Status.PARSED
    assert after.directives.exists()


def test_a_worker_that_has_not_noticed_yet_does_not_take_the_next_claim_for_its_own(
    long: Speech, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = parsing._claim(long.pk, UPLOADED)
    actions.cancel(long.pk, by=people.supervisor)
    actions.retry(long.pk, by=people.supervisor, at=UPLOADED)
    _, following = parsing._claim(long.pk, UPLOADED)
    assert token is not None
    assert following != token
    with pytest.raises(parsing.Abandoned):
        parsing._step(long.pk, token, "整理正文")


def test_cancelling_again_and_again_does_not_wear_a_file_out(long: Speech, people: Cast) -> None:
    for _ in range(2 * parsing.MAX_ATTEMPTS):
        assert parsing._claim(long.pk, UPLOADED)[1] is not None
        actions.cancel(long.pk, by=people.supervisor)
        actions.retry(long.pk, by=people.supervisor, at=UPLOADED)
    assert parsing.parse(long.pk, at=UPLOADED).status == Speech.Status.PARSED


def test_one_that_waits_is_cancelled_too_and_not_queued_again(long: Speech, people: Cast) -> None:
    actions.cancel(long.pk, by=people.supervisor)
    assert jobs.requeue(UPLOADED.replace(year=2027)) == []
    assert parsing.parse(long.pk, at=UPLOADED).status == Speech.Status.CANCELLED


def test_one_that_was_read_before_keeps_that_reading(speech: Speech, people: Cast) -> None:
    before = speech.text, list(speech.directives.values())
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    after = actions.cancel(speech.pk, by=people.supervisor)
    assert after.status == Speech.Status.PARSED
    assert (after.text, list(after.directives.values())) == before


def test_what_is_parsed_already_cannot_be_cancelled(speech: Speech, people: Cast) -> None:
    with pytest.raises(actions.EditConflict, match="已经解析完毕"):
        actions.cancel(speech.pk, by=people.supervisor)


def test_the_same_file_again_starts_what_was_cancelled(long: Speech, people: Cast) -> None:
    actions.cancel(long.pk, by=people.supervisor)
    again, created = intake.accept(file_name="长.pdf", content=PAGES, by=people.supervisor, at=UPLOADED)
    assert (again.pk, created, again.status) == (long.pk, False, Speech.Status.RECEIVED)


def test_pages_of_an_ofd_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PAUSE", 0)
    told: list[tuple[int, int]] = []
    content = making.ofd(making.set_lines(SPEECH.split("\n"), rows=8))
    read_bytes(content, "讲话.ofd", told=lambda *pages: told.append(pages))
    assert told == [(page, len(told)) for page in range(1, len(told) + 1)]
    assert len(told) > 2


@pytest.mark.parametrize(
    "code",
    [
        "import sys\nwhile True: sys.stderr.write('noise\\n')",  # no sign of life in it
        "import sys\nwhile True: sys.stdout.write('x' * 65536)",
        "import sys\nsys.stderr.close()\nsys.stdout.close()\nimport time; time.sleep(60)",
    ],
)
def test_a_child_that_talks_without_end_or_falls_silent_is_ended(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "command", lambda kind: [sys.executable, "-c", code])
    monkeypatch.setattr(sandbox, "SECONDS", 0.7)
    monkeypatch.setattr(sandbox, "_MOST", 1024 * 1024)
    with pytest.raises(ReadRefused, match="已停止"):
        sandbox.read_in_child("docx", b"")
