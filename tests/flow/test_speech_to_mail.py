"""The one end-to-end story: a speech is uploaded, three items go out, one comes back and is struck off."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browsing import open_page
from tests.flow.cast import LEAD_AND_HELP, PASSWORD, PLAIN, TWO_BEATS, move_in, speech
from tests.services import until_ready
from tests.sink import SmtpSink
from tests.stack import Stack

pytestmark = pytest.mark.browser
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def sign_in(page: Page, stack: Stack, username: str) -> None:
    page.goto(f"{stack.url}/accounts/login/")
    page.get_by_label("账号").or_(page.locator("[name=username]")).first.fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()


def upload(page: Page, stack: Stack, file: Path) -> None:
    """Upload and wait until the worker has parsed: the page turns to its review by itself."""
    page.goto(f"{stack.url}/speeches/upload/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="导入并解析").click()
    expect(page.locator("#workspace")).to_be_visible(timeout=60_000)


def adopt_and_issue(page: Page, quote: str) -> str:
    """立项并交办 of the draft whose sentence is `quote`; its number."""
    card = page.locator("section.draft", has=page.locator("blockquote", has_text=quote))
    expect(card).to_have_count(1)
    draft = card.get_attribute("data-draft")
    card.get_by_role("button", name="立项并交办").click()
    expect(page.locator("#messages")).to_contain_text("已立项并交办")
    page.goto(re.sub(r"\?.*|#.*", "", page.url) + f"?show=all&d={draft}")
    link = page.locator(f"#d{draft}").get_by_role("link", name=re.compile(r"^[A-Z]+\d{4}-\d+$"))
    code = link.inner_text()
    page.goto(re.sub(r"\?.*|#.*", "", page.url))
    return code


def press(page: Page, stack: Stack, code: str, verb: str, **words: str) -> None:
    """A verb from the item page, with what its form asks."""
    page.goto(f"{stack.url}/tasks/{code}/")
    page.locator(".verbs").get_by_role("link", name=verb, exact=True).or_(
        page.locator(".verbs").get_by_role("button", name=verb, exact=True)
    ).first.click()
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)
    if words or verb not in {"签收"}:
        page.locator("form.card").get_by_role("button", name=re.compile(f"{verb}|提交反馈")).first.click()
    expect(page.locator("#messages")).to_contain_text(f"{code} 已{verb}")


def text_of(sink: SmtpSink, address: str, code: str) -> str:
    """The text of the letter about `code` to `address`, as soon as it has come."""
    until_ready(
        lambda: any(code in str(letter["Subject"]) for letter in sink.to(address)),
        f"{address} 收到 {code} 的信",
    )
    (letter,) = [letter for letter in sink.to(address) if code in str(letter["Subject"])]
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture(params=["embedded_stack", "live_stack"])
def stack(request: pytest.FixtureRequest, tmp_path: Path) -> Stack:
    """As `./run` serves it, and as in service: PostgreSQL, Redis, separate processes."""
    running: Stack = request.getfixturevalue(request.param)
    move_in(running, tmp_path)
    return running


def test_a_speech_becomes_items_that_are_mailed_reported_and_struck_off(
    stack: Stack, page: Page, chromium: Browser, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    today = timezone.localdate()
    file = tmp_path / "苏闻溪讲话.txt"
    file.write_bytes(speech(today).encode("gb18030"))

    sign_in(page, stack, "duban")
    upload(page, stack, file)
    expect(page.locator("h1")).to_have_text("在全市工业运行调度会上的讲话")
    lit = page.locator("article mark").all_inner_texts()
    assert TWO_BEATS in lit, "each draft is lit on its exact sentence"
    two_beats, helped, plain = (adopt_and_issue(page, quote) for quote in (TWO_BEATS, LEAD_AND_HELP, PLAIN))
    assert len({two_beats, helped, plain}) == 3

    letter = text_of(smtp_sink, "fagai@qingjia.example", two_beats)
    assert TWO_BEATS in letter
    assert f"{stack.url}/notices/" in letter
    assert two_beats in text_of(smtp_sink, "gongxin@qingjia.example", two_beats)
    assert LEAD_AND_HELP in text_of(smtp_sink, "caizheng@qingjia.example", helped)
    assert PLAIN in text_of(smtp_sink, "shangwu@qingjia.example", plain)
    assert "12月31日" in text_of(smtp_sink, "gongxin@qingjia.example", helped)
    assert smtp_sink.to("wenlv@qingjia.example") == []

    with open_page(chromium, width=390, height=844) as phone:
        work_on_the_phone(phone, stack, two_beats)
    with open_page(chromium, width=1440, height=900) as outsider:
        see_nothing(outsider, stack, two_beats, letter=letter_about(page, stack, two_beats))

    press(page, stack, two_beats, "办结", note="情况属实，同意办结。")
    press(page, stack, two_beats, "销号", note="已核对佐证材料。")
    page.goto(f"{stack.url}/tasks/{two_beats}/")
    expect(page.locator("main")).to_contain_text("已销号")
    history = page.locator("ol.timeline").inner_text()
    for word in ("立项", "交办", "签收", "反馈", "申请办结", "办结", "销号", "石青", "周以宁"):
        assert word in history
    page.get_by_role("link", name="在讲话中查看这一句").click()
    expect(page.locator("#workspace")).to_be_visible()

    weekly_digest_goes_once(stack, smtp_sink, today, open_code=helped, finished_code=two_beats)


def work_on_the_phone(phone: Page, stack: Stack, code: str) -> None:
    """The liaison's part: sign, report for Friday, apply for closing, all from 我的事项."""
    sign_in(phone, stack, "fagai")
    phone.goto(f"{stack.url}/tasks/mine/")
    entry = phone.locator(f"article#{code}")
    entry.get_by_role("button", name="签收").click()
    expect(phone.locator("#messages")).to_contain_text(f"{code} 已签收")
    press(
        phone,
        stack,
        code,
        "反馈",
        progress="已走访企业23家，收集难题9个，转办7个。",
        problems="两家企业用电增容需协调。",
    )
    press(phone, stack, code, "申请办结", result="9个难题全部解决，企业已签字确认。")


def letter_about(page: Page, stack: Stack, code: str) -> str:
    """The key of a letter about the item, as the signed-in office finds it."""
    found = page.request.get(f"{stack.url}/api/notices/?task__code={code}").json()["results"]
    key = str(found[0]["id"])
    assert page.request.get(f"{stack.url}/notices/{key}/").status == 200
    return key


def see_nothing(page: Page, stack: Stack, code: str, *, letter: str) -> None:
    """Another department's liaison: no item, no speech, no letter, nothing in the search."""
    sign_in(page, stack, "wenlv")
    page.goto(f"{stack.url}/tasks/?q={code}")
    expect(page.locator("main")).not_to_contain_text("企业用电")
    for path in (f"/tasks/{code}/", f"/api/tasks/{code}/", "/speeches/1/", f"/notices/{letter}/"):
        assert page.request.get(stack.url + path).status == 404, path


def weekly_digest_goes_once(
    stack: Stack, sink: SmtpSink, today: date, *, open_code: str, finished_code: str
) -> None:
    """On the first working day: one letter for each officer with something open, none for the others."""
    monday = next_monday(today)
    before = len(sink.to("caizheng@qingjia.example"))
    outsiders = len(sink.to("wenlv@qingjia.example"))
    for _ in range(2):
        stack.manage("send_due", "--on", f"{monday}T09:00")
    digests = sink.to("caizheng@qingjia.example")[before:]
    assert len(digests) == 1
    body = digests[0].get_body(("plain",))
    assert body is not None
    assert open_code in body.get_content()
    assert finished_code not in body.get_content()
    assert LEAD_AND_HELP in body.get_content()
    assert len(sink.to("wenlv@qingjia.example")) == outsiders


@pytest.mark.shared
def test_the_five_seeds_are_uploaded_and_give_drafts(
    embedded_stack: Stack, page: Page, tmp_path: Path
) -> None:
    move_in(embedded_stack, tmp_path)
    sign_in(page, embedded_stack, "duban")
    for file in sorted(SEEDS.glob("*.txt")):
        upload(page, embedded_stack, file)
        cards = page.locator("section.draft").count()
        assert cards >= 5, file.name
        assert page.locator("article mark").count() >= cards
