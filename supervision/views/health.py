"""/healthz: the process answers. /readyz: the site works. Both open, and both say nothing about contents."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from supervision.health import examine


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when the database, the clock or the outbox stands still."""
    health = examine(timezone.now())
    return JsonResponse(
        {
            "status": "ok" if health.is_ready else "failing",
            "database": health.has_database,
            "tick_age_seconds": health.tick_age,
            "stale_notices": health.stale_notices,
            "trouble": list(health.trouble),
        },
        status=200 if health.is_ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )
