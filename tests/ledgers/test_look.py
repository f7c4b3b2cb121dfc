"""The import in a real browser, on a desk and on a phone, with and without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tasks.models import Task
from tasks.moves import Status
from tests.browsing import open_page
from tests.ledgers import making
from tests.people import Cast, cast
from tests.tasks_pages.test_look import SIZES, cut_off, enter, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None, settings: LazySettings) -> Cast:
    settings.ORG_NAME = "云川市委市政府督查室"
    return cast()


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    with open_page(chromium, width=width, height=height) as page:
        yield page


def choose(page: Page, live_server: LiveServer, name: str, content: bytes) -> None:
    page.goto(f"{live_server.url}/tasks/import/")
    page.get_by_label("台账文件").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="下一步：预览").click()


def test_a_ledger_with_errors_is_put_right_on_the_page_and_imported(
    screen: Page, live_server: LiveServer, people: Cast
) -> None:
    enter(screen, live_server, people.supervisor)
    screen.goto(f"{live_server.url}/tasks/import/")
    assert not violations(screen)
    assert cut_off(screen) == 0
    choose(screen, live_server, "乡镇台账.xlsx", making.faulty())
    assert not violations(screen)
    assert cut_off(screen) == 0
    screen.get_by_role("button", name="导入 6 项").click()
    expect(screen.get_by_role("alert")).to_contain_text("有4项有错误")
    for row in (2, 3, 4, 7):
        screen.locator(f"#r0{row}").get_by_label("不导入").check()
    screen.locator("select[name=c0-2]").select_option("kept")
    screen.get_by_role("button", name="重新核对").first.click()
    expect(screen.locator("#r05")).to_contain_text("未设")
    expect(screen.locator("#r02")).to_contain_text("不导入")
    screen.get_by_role("button", name="导入 2 项").click()
    expect(screen.locator("#messages")).to_contain_text("已导入 2 项")
    assert set(Task.objects.values_list("title", "status")) == {
        ("公厕改造", Status.DRAFT),
        ("养老床位", Status.DRAFT),
    }


def test_the_import_works_without_script(
    chromium: Browser, live_server: LiveServer, people: Cast, tmp_path: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server, people.supervisor)
    choose(page, live_server, "年度台账.xlsx", making.annual())
    page.get_by_role("button", name="导入 3 项").click()
    expect(page.locator("#messages")).to_contain_text("已导入 3 项")
    page.goto(f"{live_server.url}/tasks/")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    choose(page, live_server, path.name, path.read_bytes())
    expect(page.locator("main")).to_contain_text("没有变化 3 项")
    context.close()
    assert path.suffix == ".xlsx"
    assert Task.objects.count() == 3
