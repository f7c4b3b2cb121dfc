"""kill -9 of a real sender in the act, again and again: no letter lost, no copy under another Message-ID."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from supervision import outbox
from supervision.models import Notice
from tests.services import until_ready
from tests.sink import SmtpSink
from tests.stack import ROOT
from tests.supervision.making import Clock, letters

KILLS = 4
SENDER = """
import datetime, sys, django
django.setup()
from django.utils import timezone
from supervision import outbox
shift = datetime.timedelta(minutes=int(sys.argv[1]))
outbox.drain(lambda: timezone.now() + shift)
"""


def database_url() -> str:
    """The test database, for another process."""
    found = {name: str(value or "") for name, value in connection.settings_dict.items()}
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(found['NAME'])}"
    who = quote(found["USER"]) + (f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else "")
    return f"postgresql://{who}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def start_sender(sink: SmtpSink, folder: Path, minutes: int) -> subprocess.Popen[bytes]:
    """A sender in a process of its own, whose clock is that many minutes ahead."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": sink.url,
        "VAR_DIR": str(folder),
        "LUOSHI_DEMO": "1",
    }
    command = [sys.executable, "-c", SENDER, str(minutes)]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_every_letter_arrives(sink: SmtpSink, tmp_path: Path) -> None:
    made = letters(120, now=timezone.now())
    for kill in range(KILLS):
        before = len(sink.messages)
        sender = start_sender(sink, tmp_path, minutes=4 * kill)
        until_ready(lambda before=before: len(sink.messages) >= before + 7, "邮件", sender)  # type: ignore[misc]
        sender.send_signal(signal.SIGKILL)
        sender.wait()
    assert Notice.objects.exclude(state="sent").exists()  # the kills came in the act
    outbox.drain(Clock(timezone.now() + timedelta(minutes=4 * KILLS)), turn=timedelta(hours=1))
    arrived = Counter(message["Message-ID"] for message in sink.messages)
    assert set(arrived) == {notice.message_id for notice in made}
    assert sum(arrived.values()) - len(made) <= KILLS
    assert not Notice.objects.exclude(state="sent").exists()
