"""The menu, and dates and sizes in the forms an office writes: {% load site %}."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

register = template.Library()

WEEKDAYS = "一二三四五六日"
OFFICE = ("supervisor", "leader", "administrator")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: the name of its URL, its words, its picture in icons.svg, who sees it."""

    view: str
    words: str
    icon: str
    roles: tuple[str, ...]
    opens_site: bool = True  # False: leaves the workbench, below the line

    @property
    def url(self) -> str:
        try:
            return reverse(self.view)
        except NoReverseMatch:
            return ""


MENU = (
    Entry("supervision:board", "工作台", "board", OFFICE),
    Entry("tasks:mine", "我的事项", "mine", ("liaison",)),
    Entry("speeches:list", "讲话", "speech", OFFICE),
    Entry("tasks:ledger", "督办台账", "ledger", (*OFFICE, "liaison")),
    Entry("supervision:notices", "提醒与发送", "notice", ("supervisor", "administrator", "liaison")),
    Entry("accounts:people", "单位与人员", "people", (*OFFICE, "liaison")),
    Entry("docs", "接口文档", "api", ("administrator",), opens_site=False),
    Entry("admin:index", "后台管理", "gear", ("administrator",), opens_site=False),
)


@register.inclusion_tag("menu.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    """The entries of the person's role; the one whose address begins the page's own is the current one."""
    request = context["request"]
    role = getattr(request.user, "role", "")
    entries = [(entry, entry.url) for entry in MENU if role in entry.roles]
    entries = [(entry, url) for entry, url in entries if url]
    here = max((url for _, url in entries if request.path.startswith(url)), key=len, default="")
    return {"entries": [(entry, url, url == here) for entry, url in entries]}


@register.filter
def zh_date(day: date | datetime | None) -> str:
    """2026年6月30日; nothing for None."""
    day = _local(day)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def zh_day(day: date | datetime | None) -> str:
    """6月30日（周二）; nothing for None."""
    day = _local(day)
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）" if day else ""


@register.filter
def zh_full(day: date | datetime | None) -> str:
    """2026年6月30日（周二）; nothing for None."""
    day = _local(day)
    return f"{day.year}年{zh_day(day)}" if day else ""


@register.filter
def zh_moment(moment: datetime | None) -> str:
    """2026年6月30日 15:04, in the office's time; nothing for None."""
    return f"{zh_date(moment)} {timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
def zh_short(moment: datetime | None) -> str:
    """6月30日 15:04, for lists of this year's moments; nothing for None."""
    local = timezone.localtime(moment) if moment else None
    return f"{local.month}月{local.day}日 {local:%H:%M}" if local else ""


def _local(day: date | datetime | None) -> date | datetime | None:
    """An aware moment is first taken to the office's time zone."""
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some parameters changed; None or "" removes one.

    `?{% query page=2 %}` keeps every filter in force.
    """
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = str(value)
    return str(params.urlencode())
