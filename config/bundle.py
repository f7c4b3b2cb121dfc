"""`./run bundle`: source, Python packages and ECharts in one archive that installs with no network.

Standard library only, besides pip and git. Wheels are fetched for each Python in PYTHONS on this kind of
machine, so that the offline machine need not have the same Python as this one.
"""

import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
GLIBC = ("manylinux_2_17", "manylinux2014", "manylinux_2_28", "manylinux_2_34")
LOCK = "requirements.txt"


def version() -> str:
    found = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit("CHANGELOG.md 里没有版本标题（## x.y.z），无法命名压缩包")
    return found[1]


def source_files() -> list[str]:
    """What git knows or would know; nothing that is ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as failure:
        raise SystemExit("打包需要 git，并且要在 git 检出的目录里进行") from failure
    return [name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def whole_lock(folder: Path) -> Path:
    """The lock without its conditions: the other machine may meet some that this one does not."""
    lines = (ROOT / LOCK).read_text(encoding="utf-8").splitlines()
    pins = [line.split(";")[0].strip() for line in lines if line and not line.startswith((" ", "#"))]
    path = folder / "whole.txt"
    path.write_text("\n".join(pins) + "\n", encoding="utf-8")
    return path


def fetch_wheels(lock: Path, target: Path) -> None:
    """Wheels for every supported Python. Raises SystemExit when one cannot be had."""
    platforms = [f"{glibc}_{platform.machine()}" for glibc in GLIBC]
    choice = [word for name in platforms for word in ("--platform", name)]
    for python in PYTHONS:
        sys.stdout.write(f"==> 下载 Python {python} 的安装包\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        command += ["--python-version", python, *choice, "-r", str(lock), "-d", str(target)]
        if subprocess.run(command).returncode:
            raise SystemExit("下载安装包失败：请检查网络或镜像设置（PIP_INDEX_URL）后再试")


def stage(folder: Path) -> None:
    """Lay out the archive's content in `folder`."""
    for name in source_files():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    charts = ROOT / "var" / "vendor" / "echarts"
    if charts.is_dir():
        shutil.copytree(charts, folder / "var" / "vendor" / "echarts")
        (folder / "var").chmod(0o700)
    else:
        sys.stdout.write("==> 没有图表组件，离线包里的图表将以数据表显示\n")
    with tempfile.TemporaryDirectory() as scratch:
        fetch_wheels(whole_lock(Path(scratch)), folder / "wheels")


def main() -> None:
    name = f"luoshi-{version()}"
    archive = ROOT / "dist" / f"{name}-{platform.machine()}.tar.gz"
    archive.parent.mkdir(exist_ok=True)
    draft = archive.with_suffix(".part")
    with tempfile.TemporaryDirectory() as scratch:
        stage(Path(scratch) / name)
        with tarfile.open(draft, "w:gz", compresslevel=6) as tar:
            tar.add(Path(scratch) / name, arcname=name)
    draft.rename(archive)
    size = archive.stat().st_size / 1_000_000
    sys.stdout.write(
        f"==> 已生成 {archive.relative_to(ROOT)}（{size:.0f} MB，适用于 {platform.machine()} 上的 Python "
        f"{'、'.join(PYTHONS)}）\n    在不联网的机器上：tar xzf {archive.name} && cd {name} && ./run\n"
    )


if __name__ == "__main__":
    main()
