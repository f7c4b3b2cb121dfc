"""Every address × every person × every method, against matrix.txt. A new route must be listed there."""

import copy
import re
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.access.bodies import body
from tests.access.routes import ADMIN, all_routes
from tests.access.world import PEOPLE, World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSALS = {302, 403, 404, 405}


class Row(NamedTuple):
    """One line of the table."""

    method: str
    template: str
    expected: tuple[int, ...]  # in the order of PEOPLE


def table() -> list[Row]:
    text = (Path(__file__).parent / "matrix.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    assert tuple(lines[0]) == PEOPLE
    return [Row(method, template, tuple(map(int, codes))) for method, template, *codes in lines[1:]]


class Browser:
    """A person's browser that forgets every answer, so that each request starts from the same world."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cookies = copy.deepcopy(client.cookies)

    def send(self, method: str, path: str, words: dict[str, Any] | None = None) -> int:
        """The status of the answer; whatever the request changed is undone."""
        self.client.cookies = copy.deepcopy(self.cookies)
        kind = {"content_type": "application/json"} if path.startswith("/api/") else {}
        with transaction.atomic():
            if method == "POST":
                answer = self.client.post(path, words or {}, **kind)  # type: ignore[arg-type]
            else:
                answer = self.client.generic(method, path)
            transaction.set_rollback(True)
        return answer.status_code


@pytest.fixture
def browsers(world: World) -> dict[str, Browser]:
    return {name: Browser(world.client(name)) for name in PEOPLE}


def test_every_route_of_the_site_is_in_the_table(world: World) -> None:
    listed = {resolve(world.path(row.template)).route for row in table()}
    routes = {route for route in all_routes() if not route.startswith(ADMIN)}
    missing = routes - listed
    assert not missing, f"add to tests/access/matrix.txt who gets what at: {sorted(missing)}"
    assert listed <= routes


def test_everybody_gets_what_the_table_says(world: World, browsers: dict[str, Browser]) -> None:
    wrong = []
    for method, template, expected in table():
        path = world.path(template)
        for name, status in zip(PEOPLE, expected, strict=True):
            got = browsers[name].send(method, path, body(world, path))
            if got != status:
                wrong.append(f"{method} {template} as {name}: {got}, not {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["outsider", "supervisor"])
def test_methods_that_are_not_in_the_table_do_nothing(
    name: str, world: World, browsers: dict[str, Browser]
) -> None:
    routed = defaultdict(set)
    for method, template, _ in table():
        routed[template].add(method)
    answered = {
        f"{method} {template}": status
        for template, methods in routed.items()
        for method in METHODS
        if method not in methods
        and (status := browsers[name].send(method, world.path(template))) not in REFUSALS - {302}
    }
    assert not answered


def test_no_api_address_has_a_second_spelling(world: World, browsers: dict[str, Browser]) -> None:
    """`/api/figures.json` was routed once, and answered 500."""
    assert not [route for route in all_routes() if "format" in route]
    assert browsers["supervisor"].send("GET", "/api/figures.json") == 404


def admin_paths(world: World) -> list[str]:
    """Walked, so that a model registered tomorrow is held too."""
    routes = {route for route in all_routes() if route.startswith(ADMIN) and "(?P" not in route}
    assert len(routes) > 50
    own_doors = {"admin/login/", "admin/logout/", "admin/jsi18n/"}  # jsi18n: words of the interface
    return ["/" + re.sub(r"<[^>]+>", str(world.item.pk), route) for route in sorted(routes - own_doors)]


def test_the_admin_site_opens_to_administrators_alone(world: World, browsers: dict[str, Browser]) -> None:
    opened = [
        f"{path} as {name}"
        for path in admin_paths(world)
        for name in ("anonymous", "outsider", "leading", "leader", "supervisor")
        if browsers[name].send("GET", path) not in REFUSALS
    ]
    assert not opened


def test_no_page_of_the_admin_site_breaks(world: World, browsers: dict[str, Browser]) -> None:
    paths = [path for path in admin_paths(world) if "/r/" not in path]
    answers = {path: browsers["administrator"].send("GET", path) for path in paths}
    assert not {path: status for path, status in answers.items() if status >= 500}
    assert answers["/admin/accounts/user/"] == 200


def test_the_ledger_cannot_be_written_in_the_admin_site(world: World, browsers: dict[str, Browser]) -> None:
    for path in (f"/admin/tasks/task/{world.item.pk}/change/", "/admin/tasks/task/add/"):
        assert browsers["administrator"].send("POST", path, {"status": "closed"}) == 403
    assert browsers["administrator"].send("GET", f"/admin/tasks/task/{world.item.pk}/change/") == 200


@pytest.mark.parametrize("name", ["supervisor", "leading", "administrator"])
def test_every_unsafe_request_without_its_token_is_refused(name: str, world: World) -> None:
    browser, passed = Browser(world.client(name, checks_csrf=True)), []
    for method, template, _ in table():
        if method == "POST":
            path = world.path(template)
            if (status := browser.send("POST", path, body(world, path))) != 403:
                passed.append(f"{path}: {status}")
    assert not passed
