"""The review page in a real browser: worked with the keyboard, on a desk and on a phone."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from speeches.models import Speech
from tests.people import Cast
from tests.speeches.twice import adopted, land, second
from tests.tasks_pages.test_look import violations

__all__ = ["second"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def enter(page: Page, live_server: LiveServer, user: User, speech: Speech) -> None:
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/speeches/{speech.pk}/")


def is_too_wide(page: Page) -> bool:
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    return wide


def test_a_drop_is_taken_back_with_two_keys(
    speech: Speech, people: Cast, live_server: LiveServer, page: Page
) -> None:
    enter(page, live_server, people.supervisor, speech)
    draft = land(speech)
    page.locator(f"#d{draft.pk}").get_by_role("button", name="不采纳").press("Enter")
    aside = page.locator("[data-put-aside]")
    expect(aside).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(aside).to_have_count(0)
    expect(page.locator(f"#d{draft.pk}").get_by_role("button", name="立项", exact=True)).to_be_visible()
    assert land(speech).state == "open"


def test_joining_and_undoing_leaves_the_clerk_on_the_filtered_page(
    speech: Speech, second: Speech, people: Cast, live_server: LiveServer, phone: Page
) -> None:
    task, draft = adopted(speech, people), land(second)
    enter(phone, live_server, people.supervisor, second)
    phone.goto(f"{phone.url}?tier=named")
    assert not is_too_wide(phone)
    phone.locator(f"#d{draft.pk}").get_by_role("button", name="合并到该事项").first.click()
    aside = phone.locator("[data-put-aside]")
    expect(aside).to_contain_text(task.code)
    assert task.more_sources.count() == 1
    aside.get_by_role("button", name="撤销").click()
    expect(aside).to_have_count(0)
    assert task.more_sources.count() == 0
    assert "tier=named" in phone.url
    assert not is_too_wide(phone)


def test_a_page_with_a_proposal_can_be_read_by_everybody(
    speech: Speech, second: Speech, people: Cast, live_server: LiveServer, page: Page
) -> None:
    adopted(speech, people)
    enter(page, live_server, people.supervisor, second)
    expect(page.get_by_role("button", name="不是同一件事")).to_be_visible()
    page.locator(".drop-units > summary").click()
    assert violations(page) == []


def test_not_the_same_is_one_press_beside_joining(
    speech: Speech, second: Speech, people: Cast, live_server: LiveServer, page: Page
) -> None:
    adopted(speech, people)
    enter(page, live_server, people.supervisor, second)
    page.get_by_role("button", name="不是同一件事").click()
    expect(page.get_by_role("button", name="不是同一件事")).to_have_count(0)
    assert land(second).twins.get().is_distinct
