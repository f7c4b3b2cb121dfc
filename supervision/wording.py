"""Words and dates the way offices write them. Pure."""

from datetime import date, datetime

from django.utils.timezone import localtime

from config.templatetags.site import zh_day, zh_full, zh_moment


def day(on: date | None) -> str:
    """2026年6月30日（周二）; 未定 when there is none."""
    return zh_full(on) or "未定"


def short_day(on: date) -> str:
    """6月30日（周二）."""
    return zh_day(on)


def moment(at: datetime) -> str:
    """2026年6月30日 14:05, in the office's time."""
    return zh_moment(at)


def week(name: str) -> str:
    """2026-W35 → 2026年第35周."""
    year, _, number = name.partition("-W")
    return f"{year}年第{int(number)}周"


def local_date(at: datetime) -> date:
    return localtime(at).date()


def one_line(text: str, limit: int) -> str:
    """The text without line breaks (a header must not have any), cut to `limit` characters."""
    joined = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"
