"""Settings refuse rather than guess, and every key is explained."""

import re
from pathlib import Path

import pytest

from config.settings import SAMPLE_SECRET_KEY
from tests.config.environments import IN_SERVICE, ROOT, manage, setting

ASKED = re.compile(r"env\.(?:str|bool|int|list|email_url|db_url_config)\(\s*\"([A-Z_]+)\"")


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("key", ["", SAMPLE_SECRET_KEY, "short", "a" * 60])
def test_a_site_in_service_refuses_a_key_that_is_no_secret(key: str, tmp_path: Path) -> None:
    done = manage(tmp_path, "check", **IN_SERVICE | {"SECRET_KEY": key})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
    assert "不予启动" in done.stderr
    assert "Traceback" not in done.stderr


def test_debug_off_without_a_key_is_refused(tmp_path: Path) -> None:
    assert "SECRET_KEY" in manage(tmp_path, "check", DEBUG="0").stderr


def test_the_sample_key_is_refused_even_in_the_demo(tmp_path: Path) -> None:
    assert "SECRET_KEY" in manage(tmp_path, "check", LUOSHI_DEMO="1", SECRET_KEY=SAMPLE_SECRET_KEY).stderr


def test_a_site_in_service_must_name_its_hosts(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", **IN_SERVICE | {"ALLOWED_HOSTS": ""})
    assert done.returncode != 0
    assert "ALLOWED_HOSTS" in done.stderr


def test_a_site_address_without_a_scheme_is_refused(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", **IN_SERVICE | {"SITE_URL": "duban.example.gov.cn"})
    assert "SITE_URL" in done.stderr


def test_the_deployment_check_is_clean_in_service(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **IN_SERVICE)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" not in done.stdout + done.stderr  # axes.W006, silenced with its reason in settings


def test_an_open_redis_on_another_machine_is_refused(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", **IN_SERVICE | {"CELERY_BROKER_URL": "redis://redis:6379/0"})
    assert "luoshi.E002" in done.stderr
    assert manage(tmp_path, "check", CELERY_BROKER_URL="redis://127.0.0.1:6379/0").returncode == 0


def test_a_bare_checkout_is_the_demo_with_a_private_key_that_stays(tmp_path: Path) -> None:
    first = setting(tmp_path, "settings.DEMO, settings.DEBUG, settings.SECRET_KEY")
    assert first.startswith("True False ")
    assert first == setting(tmp_path, "settings.DEMO, settings.DEBUG, settings.SECRET_KEY")
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_giving_a_key_ends_the_demo_and_locks_the_cookies(tmp_path: Path) -> None:
    told = setting(
        tmp_path, "settings.DEMO, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS", **IN_SERVICE
    )
    assert told == "False True 31536000"


def test_an_office_without_certificates_can_say_so(tmp_path: Path) -> None:
    told = setting(
        tmp_path, "settings.SECURE_SSL_REDIRECT, settings.CSRF_COOKIE_SECURE", **IN_SERVICE, HTTPS_ONLY="0"
    )
    assert told == "False False"


def test_mail_addresses_and_passwords_with_an_at_sign_survive(tmp_path: Path) -> None:
    told = setting(
        tmp_path,
        "settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_PORT, "
        "settings.EMAIL_USE_SSL, settings.MAIL_OUTBOX",
        **IN_SERVICE,
    )
    assert told == "duban@example.cn p@ss 465 True None"


def test_a_folder_with_spaces_and_chinese_holds_the_database(tmp_path: Path) -> None:
    folder = tmp_path / "督查 室?"
    told = setting(folder, "settings.DATABASES['default']['NAME']", VAR_DIR=str(folder))
    assert told == str(folder / "db.sqlite3")


def test_every_key_is_in_the_example_and_every_example_is_a_key() -> None:
    asked = set(ASKED.findall((ROOT / "config" / "settings.py").read_text(encoding="utf-8")))
    compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert len(asked) > 15
    assert set(example()) == asked | compose


def test_every_key_of_the_example_is_explained_in_chinese() -> None:
    explained = ""
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            explained += line
        elif not line:
            explained = ""
        else:
            assert re.search("[一-鿿]", explained), line


def test_the_example_as_it_stands_is_read_and_refused(tmp_path: Path) -> None:
    unchanged = {name: value for name, value in example().items() if name != "VAR_DIR"}
    assert "SECRET_KEY" in manage(tmp_path, "check", **unchanged).stderr
    mended = unchanged | {"SECRET_KEY": IN_SERVICE["SECRET_KEY"]}
    assert manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **mended).returncode == 0
