"""Who plays: the departments and people of the invented city, entered through the ordinary import."""

import csv
import io
from pathlib import Path

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.importing import IMPORTS
from accounts.models import User

FOLDER = Path(__file__).parent / "org"
IN_ORDER = ("departments", "people", "groups", "departments")
"""Departments once more: their leaders are people who did not exist the first time."""


class CastRefused(Exception):
    """The import found fault with the demo's own tables; the message lists what."""


def enter() -> None:
    """Departments, people and groups; people without a password get the demo's. Safe to run twice."""
    for kind in IN_ORDER:
        outcome = IMPORTS[kind].run((FOLDER / f"{kind}.csv").read_bytes())
        if outcome.faults:
            raise CastRefused("；".join(str(fault) for fault in outcome.faults))
    newcomers = User.objects.filter(username__in=usernames(), password__startswith=UNUSABLE_PASSWORD_PREFIX)
    newcomers.update(password=make_password(PASSWORD))  # hashed once: 76 times would take half a minute


def usernames() -> list[str]:
    """Every account of the demo."""
    text = (FOLDER / "people.csv").read_text(encoding="utf-8")
    return [row["账号"] for row in csv.DictReader(io.StringIO(text))]


def greeting() -> str:
    """What to tell whoever has just started the demo."""
    lines = [f"　　{account:<10}{duties}" for account, duties in ACCOUNTS]
    return "\n".join(["演示账号（虚构的澜江市，所有账号的密码都是 " + PASSWORD + "）：", *lines])
