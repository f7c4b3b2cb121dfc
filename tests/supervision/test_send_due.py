"""`manage.py send_due`: the same without Celery."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from speeches import intake
from speeches.models import Speech
from supervision import jobs
from supervision.models import Heartbeat, Notice, Round
from tests.factories import NOON, at
from tests.people import Cast
from tests.supervision.making import issued, live

pytestmark = pytest.mark.django_db


def send_due(*arguments: str) -> str:
    out = StringIO()
    call_command("send_due", *arguments, stdout=out)
    return out.getvalue()


def test_it_queues_sends_and_tells_in_chinese(cast: Cast) -> None:
    live()
    issued(cast, on=NOON)
    with time_machine.travel(NOON + timedelta(days=1), tick=True):
        said = send_due()
        again = send_due()
    assert "已发出" in said
    assert len(mail.outbox) == Notice.objects.filter(state="sent").count() >= 3
    assert "没有要发送的" in again


def test_a_rehearsal_lists_what_would_go_and_changes_nothing(cast: Cast) -> None:
    live()
    User.objects.filter(pk=cast.supporting.pk).update(email="")
    task = issued(cast, on=NOON)
    said = send_due("--dry-run", "--on", "2026-03-02T13:00")
    assert f"shuiwu <shuiwu@yunchuan.example>：【落实】交办通知：{task.code}" in said
    assert "无收件地址" in said
    assert "什么也没有写入" in said
    assert not Notice.objects.exists()
    assert not Round.objects.exists()
    assert mail.outbox == []


def test_on_a_given_monday_the_weekly_letters_go(cast: Cast) -> None:
    live()
    issued(cast, on=NOON)
    send_due("--on", "2026-03-09")
    assert Notice.objects.filter(kind="weekly", state="sent").count() == 4
    assert Heartbeat.objects.get(name="tick").at != at("2026-03-09", 8)  # a drill is no heartbeat


def test_without_celery_cron_keeps_the_heartbeat(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        send_due()
    assert Heartbeat.objects.get(name="tick").at == NOON


@pytest.mark.parametrize("text", ["明天", "2026-13-01", "2026-03-02T25:00"])
def test_a_time_that_cannot_be_read_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(CommandError, match="2026-08-31"):
        send_due("--on", text)


def test_a_speech_that_waits_is_parsed_as_a_tick_would(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        speech, _ = intake.accept_text(
            text="云川市水务局要在4月底前完成12处内涝点整治。", title="防汛讲话", by=cast.supervisor, at=NOON
        )
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.RECEIVED, lease_until=None)
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        said = send_due()
    speech.refresh_from_db()
    assert speech.status == Speech.Status.PARSED
    assert speech.directives.exists()
    assert "解析讲话 1 篇" in said


def test_a_drill_says_that_it_leaves_speeches_and_report_days_alone(cast: Cast) -> None:
    live()
    issued(cast, on=NOON)
    said = send_due("--on", "2026-03-09")
    assert "不解析讲话，也不补建反馈日" in said


def test_the_command_runs_every_step_of_the_tick(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step added to the tick must be thought of here too."""
    assert {step.__name__ for step in jobs.STEPS} == {
        *("extend_periods", "queue_events", "queue_weekly", "requeue", "ring"),
    }
