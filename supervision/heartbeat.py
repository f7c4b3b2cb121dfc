"""The clock's own trace: when a recurring job last ran, and the day this office went live."""

from datetime import date, datetime

from django.utils.timezone import localdate

from supervision.models import Heartbeat

TICK = "tick"
PERIODS = "periods"


def go_live(now: datetime, *, since: date | None = None) -> Heartbeat:
    """Remember the first day of use; nothing before it is ever caught up. Later calls change nothing."""
    heart, _ = Heartbeat.objects.get_or_create(
        name=TICK, defaults={"at": now, "since_on": since or localdate(now)}
    )
    return heart


def live_since(now: datetime) -> date:
    """The day of first use; today where nothing has run yet."""
    return Heartbeat.objects.filter(name=TICK).values_list("since_on", flat=True).first() or localdate(now)


def beat(name: str, now: datetime) -> None:
    """Note that the job has run to its end."""
    Heartbeat.objects.update_or_create(
        name=name, defaults={"at": now}, create_defaults={"at": now, "since_on": localdate(now)}
    )


def last_beat(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
