"""Who is asking: small things that every page of this floor needs."""

from collections.abc import Callable
from typing import TypeVar

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from accounts.asking import person
from accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponse])

# A letter as its reader sees it: its own styles and nothing else, in a frame of our own pages.
LETTER_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "sandbox": [True],
}


def office(request: HttpRequest) -> User:
    """The signed-in user, who must belong to the supervision office or administer the site."""
    user = person(request)
    if not (user.is_supervisor or user.is_administrator):
        raise PermissionDenied("这一页只供督查员和系统管理员使用。")
    return user


def framed(html: str) -> HttpResponse:
    """The HTML of a letter, for a frame; the view must be `frameable`."""
    return HttpResponse(html)


def frameable(view: View) -> View:
    """For views that answer with a letter: its own policy, and only our own pages may show it."""
    return xframe_options_sameorigin(csp(LETTER_POLICY)(view))  # type: ignore[return-value]
