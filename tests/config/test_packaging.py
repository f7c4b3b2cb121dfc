"""What is shipped: the offline bundle, the charts, the containers, the services."""

import io
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import assets, bundle
from tests.config.environments import ROOT


def compose() -> dict[str, Any]:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    parsed: dict[str, Any] = yaml.safe_load(text)
    return parsed


def packed(folder: Path, content: bytes) -> Path:
    """A package like npm's."""
    path = folder / "echarts.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name in assets.WANTED:
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def test_charts_with_another_checksum_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "TARGET", tmp_path / "echarts")
    monkeypatch.setattr(assets, "download", lambda folder: packed(tmp_path, b"alert(1)"))
    assert "校验值不符" in assets.fetch()
    assert not (tmp_path / "echarts").exists()


def test_charts_that_cannot_be_had_are_not_asked_for_at_every_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def refuse(folder: Path) -> Path:
        asked.append(folder)
        raise subprocess.CalledProcessError(1, "npm")

    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    monkeypatch.setattr(assets, "TARGET", tmp_path / "echarts")
    monkeypatch.setattr(assets, "GAVE_UP", tmp_path / "echarts.failed")
    monkeypatch.setattr(assets, "download", refuse)
    assert [assets.main(again=False), assets.main(again=False), assets.main(again=True)] == [1, 0, 1]
    assert len(asked) == 2


def test_genuine_charts_are_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = packed(tmp_path, b"charts")
    monkeypatch.setattr(assets, "TARGET", tmp_path / "echarts")
    assert not assets.is_there()
    assets.unpack(package)
    assert assets.is_there()
    assert (tmp_path / "echarts" / "echarts.min.js").read_bytes() == b"charts"


def test_the_bundle_carries_packages_that_only_another_python_needs(tmp_path: Path) -> None:
    pins = bundle.whole_lock(tmp_path).read_text(encoding="utf-8").splitlines()
    assert any(pin.startswith("async-timeout==") for pin in pins)  # asked for by Python before 3.11.3 only
    assert all(" " not in pin and "==" in pin for pin in pins)


def test_the_bundle_holds_nothing_that_git_ignores() -> None:
    names = bundle.source_files()
    assert {"run", "manage.py", "requirements.txt", ".env.example"} <= set(names)
    assert not [name for name in names if name.startswith((".venv", "var/", "dist/")) or name == ".env"]


def test_both_locks_pin_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(";")[0].strip() for line in lines if "==" in line}

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


def test_compose_has_every_part_and_waits_for_health() -> None:
    services = compose()["services"]
    assert set(services) == {"init", "web", "worker", "beat", "postgres", "redis", "mailpit"}
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]
        assert waits["init"]["condition"] == "service_completed_successfully"
        assert waits["postgres"]["condition"] == waits["redis"]["condition"] == "service_healthy"
    assert services["mailpit"]["profiles"] == ["dev"]
    for name in ("worker", "postgres", "redis", "mailpit"):
        assert services[name]["healthcheck"]["test"]


def test_our_containers_run_without_root() -> None:
    services = compose()["services"]
    for name in ("init", "web", "worker", "beat"):
        assert services[name]["user"] == "10001:10001"
        assert services[name]["cap_drop"] == ["ALL"]
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert lines.index("USER 10001:10001") < next(i for i, line in enumerate(lines) if line.startswith("CMD"))
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_the_database_and_the_queue_are_not_opened_to_the_network() -> None:
    services = compose()["services"]
    assert "ports" not in services["postgres"]
    assert "ports" not in services["redis"]
    assert services["web"]["ports"] == ["${BIND:-127.0.0.1:8000}:8000"]


@pytest.mark.parametrize("script", ["run", "deploy/start"])
def test_shell_scripts_are_plain_sh(script: str) -> None:
    assert subprocess.run(["sh", "-n", ROOT / script]).returncode == 0
    assert (ROOT / script).stat().st_mode & 0o111
