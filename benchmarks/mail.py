"""How fast letters leave, against one bare smtplib connection to the same server in the same run.

    .venv/bin/python benchmarks/mail.py [--letters 300] [--delays 0 20] [--senders 1 2]

The server runs in a process of its own and waits the given milliseconds before it accepts a letter. Letters
are real rows in a fresh database (DATABASE_URL, else SQLite in a temporary folder), one commit each.
"""

import argparse
import os
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
if "--drain" not in sys.argv:  # the senders share the folder of the process that started them
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="luoshi-bench-")
os.environ.update(LUOSHI_DEMO="1", DJANGO_SETTINGS_MODULE="config.settings")
sys.path.insert(0, str(ROOT))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from supervision import outbox  # noqa: E402
from supervision.models import Notice  # noqa: E402
from supervision.rows import message_id  # noqa: E402

SERVER = """
import asyncio, sys
from aiosmtpd.controller import UnthreadedController
class Sink:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(int(sys.argv[2]) / 1000)
        return "250 OK"
loop = asyncio.new_event_loop()
controller = UnthreadedController(Sink(), hostname="127.0.0.1", port=int(sys.argv[1]), loop=loop)
controller.begin()
loop.run_forever()
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(port: int, delay: int) -> subprocess.Popen[bytes]:
    """A mail server that is ready when this returns."""
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port), str(delay)])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process
    raise RuntimeError("the mail server did not start")


def bare(port: int, bodies: list[bytes]) -> float:
    """Letters per second over one smtplib connection."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        for number, body in enumerate(bodies):
            server.sendmail("duban@bench.example", [f"officer{number}@bench.example"], body)
    return len(bodies) / (time.perf_counter() - began)


def drained(port: int, senders: int, count: int) -> float:
    """Letters per second out of the table, with that many senders as processes."""
    environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    command = [sys.executable, str(Path(__file__)), "--drain"]
    processes = [
        subprocess.Popen(
            command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(senders)
    ]
    for process in processes:  # all have loaded before the clock starts
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    began = time.perf_counter()
    with ThreadPoolExecutor(senders) as pool:
        list(pool.map(lambda process: process.communicate("go\n"), processes))
    return count / (time.perf_counter() - began)


def drain_when_told() -> None:
    """The sender's side of `drained`."""
    connection.ensure_connection()
    print("ready", flush=True)
    sys.stdin.readline()
    outbox.drain(timezone.now)


def fill(count: int) -> list[bytes]:
    """That many waiting letters in the table, and what goes over the wire for each."""
    Notice.objects.all().delete()
    now = timezone.now()
    rows = []
    for number in range(count):
        notice = Notice(
            kind=Notice.Kind.ISSUED,
            dedupe_key=f"bench:{number}",
            address=f"officer{number}@bench.example",
            subject=f"【落实】交办通知 第{number}号",
            body_text="请及时签收并按时限办理。\n" * 40,
            body_html="<p>请及时签收并按时限办理。</p>" * 40,
            due_at=now,
            try_at=now,
            created_at=now,
        )
        notice.message_id = message_id(notice)
        rows.append(notice)
    Notice.objects.bulk_create(rows, batch_size=200)
    return [outbox.letter_of(notice).message().as_bytes(linesep="\r\n") for notice in rows]  # type: ignore[call-arg]


def measure(delay: int, senders: list[int], count: int) -> None:
    """One row of the table for each number of senders."""
    port = free_port()
    server = start_server(port, delay)
    try:
        bodies = fill(count)
        floor = max(bare(port, bodies) for _ in range(2))
        print(f"{delay:>5} ms   bare connection   {floor:8.1f}/s")
        first = 0.0
        for number in senders:
            fill(count)
            rate = drained(port, number, count)
            left = Notice.objects.exclude(state="sent").count()
            first = first or rate
            print(
                f"{delay:>5} ms   {number} sender(s)       {rate:8.1f}/s   {rate / floor:6.0%} of bare"
                f"   x{rate / first:.2f} of one   left {left}"
            )
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--delays", type=int, nargs="+", default=[0, 20])
    parser.add_argument("--senders", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--drain", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.drain:
        drain_when_told()
        return
    try:
        call_command("migrate", verbosity=0)
        if Notice.objects.exists():
            sys.exit("这个数据库里已有通知。压测会清空通知表，请换一个空的数据库（DATABASE_URL）。")
        print(f"{options.letters} letters, {connection.vendor}, one commit each")
        for delay in options.delays:
            measure(delay, options.senders, options.letters)
    finally:
        connection.close()
        shutil.rmtree(os.environ["VAR_DIR"])


if __name__ == "__main__":
    main()
