"""What every request must be like, and what every answer carries."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def without_nul(get_response: Answer) -> Answer:
    """404 for an address with a zero character: no key has one, and PostgreSQL cannot even be asked."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            raise Http404("zero character in the address")
        return get_response(request)

    return middleware


def not_kept(get_response: Answer) -> Answer:
    """Pages and files of the ledger are not left behind on a shared computer after signing out."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
