"""Item numbers, without gaps within a year: DB2026-0001."""

from django.conf import settings

from tasks.models import TaskNumber


def held(year: int) -> TaskNumber:
    """The last number of that year, locked: until the transaction ends nobody else registers an item."""
    TaskNumber.objects.get_or_create(year=year)
    number: TaskNumber = TaskNumber.objects.select_for_update().get(year=year)
    return number


def next_code(year: int) -> str:
    """The next number of that year. Call inside a transaction: the locked row makes the others wait."""
    number = held(year)
    number.last += 1
    number.save(update_fields=["last"])
    return f"{settings.CODE_PREFIX}{year}-{number.last:04d}"
