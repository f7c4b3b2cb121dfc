"""`./run test`: the suite on SQLite, then on PostgreSQL, with the same arguments for pytest.

The second pass leaves out what no database can change (tests/conftest.py). Exit code 0 only when both are
well; under LUOSHI_STRICT=1 a missing PostgreSQL is a failure too.
"""

import os
import subprocess
import sys

from tests import services

NOTHING_COLLECTED = 5  # pytest's exit code: fine for one of two passes, not for both
PYTEST = (sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal")


def say(line: str) -> None:
    sys.stdout.write(f"==> {line}\n")
    sys.stdout.flush()


def run_pass(name: str, database_url: str, arguments: list[str]) -> int:
    """One pytest run; its exit code."""
    say(f"测试：{name}")
    environment = {**os.environ, "DATABASE_URL": database_url, "LUOSHI_PASS": name.lower()}
    return subprocess.run([*PYTEST, *arguments], env=environment).returncode


def verdict(code: int) -> str:
    if code == 0:
        return "通过"
    return "没有可跑的测试" if code == NOTHING_COLLECTED else f"未通过（代码 {code}）"


def main(arguments: list[str]) -> int:
    try:
        server = services.postgres()
    except services.Unavailable as reason:
        code = run_pass("SQLite", "", arguments)
        say(f"SQLite：{verdict(code)}；PostgreSQL：跳过，{reason}")
        return 1 if os.environ.get("LUOSHI_STRICT") == "1" else code
    os.environ["TEST_DATABASE_URL"] = server.url
    try:
        codes = [run_pass("SQLite", "", arguments), run_pass("Postgres", server.url, arguments)]
    finally:
        server.close()
    say(f"SQLite：{verdict(codes[0])}；PostgreSQL：{verdict(codes[1])}")
    failures = [code for code in codes if code not in {0, NOTHING_COLLECTED}]
    return failures[0] if failures else min(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
