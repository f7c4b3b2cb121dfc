"""One maker per thing a test needs; what is not said is filled with something plausible."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from model_bakery import baker

from accounts.models import Department, User
from tasks import actions
from tasks.models import Task

SHANGHAI = ZoneInfo("Asia/Shanghai")
_numbers = count(1)


def at(day: date | str, hour: int = 10) -> datetime:
    """A moment of that day in Shanghai."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


MONDAY = date(2026, 3, 2)  # an ordinary week, far from holidays
NOON = at(MONDAY, 12)


def department(name: str = "", **fields: Any) -> Department:
    """A department in use."""
    name = name or f"云川市第{next(_numbers)}局"
    words: dict[str, Any] = {"name": name, "short_name": "", "is_active": True} | fields
    made: Department = baker.make(Department, **words)
    return made


def person(
    username: str = "", role: str = User.Role.LIAISON, home: Department | None = None, **fields: Any
) -> User:
    """Somebody who can sign in with the password `word-for-tests`."""
    username = username or f"person{next(_numbers)}"
    email = fields.pop("email", f"{username}@yunchuan.example")
    made: User = User.objects.create_user(
        username, email=email, password="word-for-tests", role=role, department=home, **fields
    )
    return made


def task(by: User, *, on: datetime = NOON, **fields: Any) -> Task:
    """A registered item (拟办), through its verb."""
    words = {"title": "城区内涝点整治", "requirement": "汛期前完成12处内涝点整治。"} | fields
    return actions.register(by=by, at=on, **words)


def paper(name: str = "台账.txt", content: bytes = "整治清单".encode()) -> SimpleUploadedFile:
    """A file of evidence."""
    return SimpleUploadedFile(name, content)
