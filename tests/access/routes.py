"""Every address the site answers to, walked from the resolver."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN = "admin/"


def walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """The routes below `patterns`, spelt as `resolve(path).route` spells them."""
    for pattern in patterns:
        route = before + (str(pattern.pattern).removeprefix("^") if before else str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route


def all_routes() -> set[str]:
    return set(walk(get_resolver().url_patterns))
