"""The pages of the demo as README shows them. `LUOSHI_PICTURES=1 ./run test tests/flow/test_pictures.py`
renews docs/images; otherwise the pictures are made and thrown away, so that a broken page still shows."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.demo import PASSWORD
from tests.browsing import open_page
from tests.stack import ROOT, Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Where the pictures go."""
    folder = ROOT / "docs" / "images" if os.environ.get("LUOSHI_PICTURES") == "1" else tmp_path / "album"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def enter(page: Page, stack: Stack, name: str) -> None:
    page.goto(f"{stack.url}/accounts/login/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()


def take(page: Page, path: Path) -> None:
    """A picture of what the window shows, which is not an empty page."""
    page.screenshot(path=path)
    assert path.stat().st_size > 20_000


def test_the_demo_is_worth_a_picture(embedded_stack: Stack, chromium: Browser, album: Path) -> None:
    embedded_stack.manage("seed_demo", "--if-empty")
    with open_page(chromium, width=1440, height=900) as page:
        enter(page, embedded_stack, "duban")
        take(page, album / "board.png")
        page.goto(f"{embedded_stack.url}/tasks/")
        expect(page.locator("table tbody tr").nth(5)).to_be_visible()
        take(page, album / "ledger.png")
        page.goto(f"{embedded_stack.url}/speeches/")
        page.locator("main a[href^='/speeches/']:not([href*=upload])").first.click()
        expect(page.locator("article mark").first).to_be_visible()
        take(page, album / "review.png")
    with open_page(chromium, width=390, height=844) as page:
        enter(page, embedded_stack, "fagai")
        take(page, album / "mine-phone.png")
