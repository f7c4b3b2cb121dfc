"""The pages in a real browser: accessible, nothing cut off, working by htmx and without any script."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import DepartmentAlias, DepartmentGroup, User
from tasks import actions
from tasks.models import Task
from tasks.moves import Status
from tests.browsing import open_page
from tests.factories import NOON, paper
from tests.people import Cast, cast
from tests.tasks.stages import at_stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


@pytest.fixture
def items(people: Cast) -> dict[str, Task]:
    """Items in several states, with report days, reports, evidence and a source."""
    today = timezone.localdate()
    words = {
        "due_on": today + timedelta(days=2),
        "due_is_assumed": True,
        "report_rule": "FREQ=WEEKLY;BYDAY=FR",
        "collect_rule": "FREQ=WEEKLY;BYDAY=MO",
        "urgency": "urgent",
        "source_title": "在全市防汛工作会议上的讲话",
        "source_quote": "市水务局牵头，汛期前完成12处内涝点整治。",
        "source_url": "/speeches/7/?d=21",
    }
    found = {status.value: at_stage(status, people, **words) for status in Status}
    pk = found["underway"].pk
    actions.report(pk, by=people.leading, at=NOON, progress="完成8处", problems="管线未迁", files=[paper()])
    DepartmentAlias.objects.create(department=people.lead, name="水务")
    DepartmentGroup.objects.create(name="各镇（街道）", aliases="各镇办", kinds=["town"])
    return found


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    with open_page(chromium, width=width, height=height) as page:
        yield page


def enter(page: Page, live_server: LiveServer, user: User) -> None:
    """Sign in without the form: a session, and its cookie."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def cut_off(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


OFFICE_PAGES = (
    "/tasks/",
    "/tasks/?light=red&q=没有这样的词",
    "/tasks/new/",
    "/tasks/{underway}/",
    "/tasks/{submitted}/",
    "/tasks/{draft}/amend/",
    "/tasks/{draft}/issue/",
    "/tasks/{submitted}/send_back/",
    "/tasks/{submitted}/close/",
    "/tasks/{underway}/refer/",
    "/tasks/{closed}/issue/",
    "/people/",
    "/people/import/",
    "/accounts/password/",
    "/nowhere/",
)
LIAISON_PAGES = (
    "/tasks/mine/",
    "/tasks/",
    "/tasks/{underway}/",
    "/tasks/{underway}/report/",
    "/tasks/{underway}/submit/",
    "/tasks/{issued}/decline/",
    "/tasks/new/",
)


@pytest.mark.parametrize(("name", "pages"), [("supervisor", OFFICE_PAGES), ("leading", LIAISON_PAGES)])
def test_every_page_is_accessible_and_fits_the_screen(
    name: str,
    pages: tuple[str, ...],
    screen: Page,
    live_server: LiveServer,
    people: Cast,
    items: dict[str, Task],
) -> None:
    enter(screen, live_server, people[name])
    codes = {state: item.code for state, item in items.items()}
    for address in pages:
        screen.goto(live_server.url + address.format(**codes))
        assert not violations(screen), address
        assert cut_off(screen) == 0, address


def test_the_sign_in_page_is_accessible_and_fits_the_screen(screen: Page, live_server: LiveServer) -> None:
    screen.goto(f"{live_server.url}/accounts/login/")
    assert not violations(screen)
    assert cut_off(screen) == 0


def test_the_check_sees_a_planted_violation(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert any(line.startswith("label") for line in violations(page))


def test_the_account_is_within_reach_and_signs_out(page: Page, live_server: LiveServer, people: Cast) -> None:
    enter(page, live_server, people.supervisor)
    page.goto(f"{live_server.url}/people/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()


def test_typing_into_the_search_narrows_the_table_without_a_new_page(
    page: Page, live_server: LiveServer, people: Cast, items: dict[str, Task]
) -> None:
    Task.objects.filter(pk=items["closed"].pk).update(title="泵站检修")
    enter(page, live_server, people.supervisor)
    page.goto(f"{live_server.url}/tasks/")
    page.evaluate("window.sameDocument = true")
    page.locator("#f_q").press_sequentially("泵站")
    expect(page.locator(".ledger tbody tr")).to_have_count(1)
    assert page.evaluate("window.sameDocument") is True
    assert "q=" in page.url
    page.locator("#f_status").select_option("draft")
    expect(page.get_by_text("没有符合条件的事项")).to_be_visible()


def test_names_of_departments_are_offered_one_after_another(
    page: Page, live_server: LiveServer, people: Cast
) -> None:
    enter(page, live_server, people.supervisor)
    page.goto(f"{live_server.url}/tasks/new/")
    page.locator("#id_parts").fill("云川市城管局、")
    offered = page.locator("#department-names option").evaluate_all("all => all.map(one => one.value)")
    assert "云川市城管局、云川市财政局" in offered
    assert "云川市城管局、云川市城管局" not in offered


def test_what_was_typed_outlives_a_closed_page_until_it_is_saved(
    page: Page, live_server: LiveServer, people: Cast, items: dict[str, Task]
) -> None:
    enter(page, live_server, people.leading)
    address = f"{live_server.url}/tasks/{items['underway'].code}/report/"
    page.goto(address)
    page.locator("#id_progress").fill("已完成十处")
    page.goto(f"{live_server.url}/people/")
    page.goto(address)
    expect(page.locator("#id_progress")).to_have_value("已完成十处")
    page.get_by_role("button", name="提交反馈").click()
    expect(page.locator("#messages")).to_contain_text("已反馈")
    page.goto(address)
    expect(page.locator("#id_progress")).to_have_value("")


def test_the_whole_way_of_an_item_works_without_script(
    chromium: Browser, live_server: LiveServer, people: Cast
) -> None:
    item = at_stage(Status.ISSUED, people)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    enter(page, live_server, people.leading)
    page.goto(f"{live_server.url}/tasks/mine/")
    page.get_by_role("button", name="签收").click()
    page.locator("summary", has_text="填写反馈").click()
    page.get_by_label("落实情况").fill("已完成8处。")
    page.get_by_role("button", name="提交反馈").click()
    page.get_by_role("link", name="申请办结").click()
    page.get_by_label("办理结果").fill("12处全部整治到位。")
    page.get_by_role("button", name="申请办结").click()
    enter(page, live_server, people.supervisor)
    for verb in ("办结", "销号"):
        page.goto(f"{live_server.url}/tasks/{item.code}/")
        page.get_by_role("link", name=verb, exact=True).click()
        page.get_by_role("button", name=verb).click()
    page.goto(f"{live_server.url}/tasks/?q=内涝")
    page.get_by_label("状态").select_option("struck_off")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".ledger tbody tr")).to_have_count(1)
    context.close()
    assert Task.objects.get(pk=item.pk).status == Status.STRUCK_OFF


def test_paper_carries_the_table_and_not_the_menu(
    page: Page, live_server: LiveServer, people: Cast, items: dict[str, Task]
) -> None:
    enter(page, live_server, people.leader)
    page.goto(f"{live_server.url}/tasks/")
    page.emulate_media(media="print")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".ledger thead")).to_be_visible()
    assert (
        page.locator(".ledger thead").evaluate("node => getComputedStyle(node).display")
        == "table-header-group"
    )


def test_focus_is_seen_and_the_first_stop_leads_past_the_menu(
    page: Page, live_server: LiveServer, people: Cast
) -> None:
    enter(page, live_server, people.supervisor)
    page.goto(f"{live_server.url}/people/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
