"""How much one person may upload: so many times a minute, so many bytes a day (see settings)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db.models import Sum

from accounts.models import User
from speeches.ledgers.models import LedgerFile
from speeches.models import Speech

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


class TooMuch(ValidationError):
    """The person has to wait; the message says how long."""


def check_allowance(*, by: User, at: datetime, tries: int = 0) -> None:
    """Raises TooMuch. `tries` are uploads of the last minute that left no row: refused, or known already."""
    most, day_limit = settings.UPLOADS_PER_MINUTE, settings.UPLOAD_BYTES_PER_DAY
    speeches = Speech.objects.filter(parent=None)  # the pieces of a file came in with it
    recent = [
        rows.filter(uploaded_by=by, uploaded_at__gt=at - _DAY) for rows in (speeches, LedgerFile.objects)
    ]
    if max(tries, sum(rows.filter(uploaded_at__gt=at - _MINUTE).count() for rows in recent)) >= most:
        raise TooMuch(f"一分钟内上传了{most}次以上，请等一分钟再上传。")
    size = sum(rows.aggregate(size=Sum("size"))["size"] or 0 for rows in recent)
    if size >= day_limit:
        raise TooMuch(
            f"24小时内上传的文件已达{day_limit // 1024**3}GB的上限，请明天再上传，或只上传讲话稿本身。"
        )


def check_session(session: SessionBase, *, by: User, at: datetime) -> None:
    """As `check_allowance`, with the tries that the person's session remembers, this one among them."""
    tries = tries_of(session.get("uploads", []), at)
    session["uploads"] = tries[-settings.UPLOADS_PER_MINUTE - 1 :]
    check_allowance(by=by, at=at, tries=len(tries) - 1)


def tries_of(times: list[float], at: datetime) -> list[float]:
    """Of the `times` (seconds) that a session remembers, those of the last minute, and now."""
    now = at.timestamp()
    return [*(then for then in times if now - _MINUTE.total_seconds() < then <= now), now]
