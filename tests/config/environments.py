"""Runs `manage.py` under an environment of its own, as a fresh shell would."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
IN_SERVICE = {
    "SECRET_KEY": "wL3k-f9Qz_7Yb2VnXc8Rt5Hs1Jd6Gm4Pa0Eu-Kw_Zq9Tx7Cv3Bn5",
    "ALLOWED_HOSTS": "duban.example.gov.cn",
    "SITE_URL": "https://duban.example.gov.cn",
    "DATABASE_URL": "postgres://luoshi:secret@127.0.0.1:1/luoshi",
    "CELERY_BROKER_URL": "redis://:secret@redis:6379/0",
    "EMAIL_URL": "smtp+ssl://duban%40example.cn:p%40ss@smtp.example.cn:465",
    "DEFAULT_FROM_EMAIL": "督查室 <duban@example.gov.cn>",
}


def manage(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a management command with nothing set but PATH, VAR_DIR in `folder` and what is given."""
    variables = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder / "var"), **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)


def setting(folder: Path, expression: str, **environment: str) -> str:
    """The value of an expression over `settings`, printed."""
    program = f"from django.conf import settings; print({expression})"
    variables = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
