"""What every page may name: the office, the version, whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`org_name`, `version`, `is_demo`, `has_outbox`, `has_charts`."""
    return {
        "org_name": settings.ORG_NAME,
        "version": settings.VERSION,
        "is_demo": settings.DEMO,
        "has_outbox": settings.MAIL_OUTBOX is not None,
        "has_charts": settings.CHARTS,
    }
