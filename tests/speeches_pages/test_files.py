"""The pages about the file behind a speech: divide it, restore lines, see how far it is, cancel."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Department
from speeches import actions, intake, parsing
from speeches.models import Speech
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.test_cleaning import PAGE
from tests.speeches.test_dividing import FILE
from tests.speeches_pages.conftest import SignIn

VERBS = ("cancel", "divide", "treat_as_one", "reunite", "restore_lines", "remove_lines")


def taken(people: Cast, content: str) -> Speech:
    made, _ = intake.accept(file_name="汇编.txt", content=content.encode(), by=people.supervisor, at=UPLOADED)
    return parsing.parse(made.pk, at=UPLOADED)


@pytest.fixture
def whole(people: Cast, office: dict[str, Department]) -> Speech:
    """A file with three speeches."""
    return taken(people, FILE)


@pytest.fixture
def page(people: Cast, office: dict[str, Department]) -> Speech:
    """A speech saved with the page around it."""
    return taken(people, PAGE)


def shown(client: Client, speech: Speech, query: str = "") -> str:
    return client.get(reverse("speeches:review", args=[speech.pk]) + query).content.decode()


def press(client: Client, verb: str, speech: Speech, **words: str) -> str:
    """Press the button and read the page it leads to."""
    answer = client.post(reverse(f"speeches:{verb}", args=[speech.pk]), words, follow=True)
    return answer.content.decode()


def test_the_speeches_of_a_file_are_offered_with_title_first_line_and_length(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    found = shown(signed_in(people.supervisor), whole)
    assert "这个文件里有 3 篇" in found
    for words in ("在云溪市防汛工作会议上的讲话", "今天召开全市防汛工作会议", "拆成 3 篇", "按一篇处理"):
        assert words in found
    assert len(re.findall(r"约 \d+ 字", found)) == 3
    assert "建议拆成" not in found, "said once"


def test_divided_the_file_lists_its_speeches_and_each_names_the_file(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    assert "已拆成 3 篇，分别处理" in press(client, "divide", whole)
    pieces = [parsing.parse(piece.pk, at=UPLOADED) for piece in whole.pieces.order_by("cut_at")]
    found = shown(client, pieces[1])
    assert "拆自文件《汇编.txt》" in found
    assert "排涝泵站" in found
    assert "未开工项目" not in found
    listed = client.get(reverse("speeches:list")).content.decode()
    assert "已拆开" in listed
    assert listed.count("拆自《汇编.txt》") == 3


def test_the_page_of_a_divided_file_asks_again_until_every_speech_is_parsed(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    first, *others = actions.divide(whole.pk, by=people.supervisor)
    for piece in others:
        parsing.parse(piece.pk, at=UPLOADED)
    assert 'hx-trigger="every 2s"' in shown(client, whole)
    parsing.parse(first.pk, at=UPLOADED)
    assert "hx-trigger" not in shown(client, whole)


def test_a_link_to_a_draft_of_the_file_leads_to_the_speech_it_went_to(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft = whole.directives.get(quote__contains="排涝泵站")
    actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    actions.divide(whole.pk, by=people.supervisor)
    draft.refresh_from_db()
    answer = signed_in(people.leader).get(reverse("speeches:review", args=[whole.pk]), {"d": draft.pk})
    assert answer["Location"].startswith(reverse("speeches:review", args=[draft.speech_id]))
    assert draft.speech_id != whole.pk


def test_left_whole_the_offer_is_gone_and_can_be_taken_after_all(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    found = press(client, "treat_as_one", whole)
    assert "这个文件里有 3 篇</h2>" not in found
    assert "改为拆成 3 篇" in found
    assert "已拆成 3 篇" in press(client, "divide", whole)


def test_put_together_again_from_the_page_and_told_when_it_is_too_late(
    whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    press(client, "divide", whole)
    assert "已合回一篇" in press(client, "reunite", whole)
    press(client, "divide", whole)
    second = parsing.parse(whole.pieces.order_by("cut_at")[1].pk, at=UPLOADED)
    draft = second.directives.get(quote__contains="排涝泵站")
    task = actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    assert task.code in press(client, "reunite", whole)
    assert whole.pieces.count() == 3


def test_removed_lines_are_shown_by_reason_each_with_its_button(
    page: Speech, people: Cast, signed_in: SignIn
) -> None:
    found = shown(signed_in(people.supervisor), page)
    assert f"去掉的行（{len(page.removed)}）" in found
    for line in page.removed:
        assert f'name="start" value="{line["start"]}"' in found
    assert "网站导航（1）" in found
    assert "全部恢复" in found


def test_a_line_is_restored_and_let_go_by_one_press_each(
    page: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    line = next(line for line in page.removed if "发布时间" in line["line"])
    found = press(client, "restore_lines", page, start=str(line["start"]))
    assert "已恢复到正文（1）" in found
    page.refresh_from_db()
    assert line["line"][:10] in page.text
    press(client, "remove_lines", page, start=str(line["start"]))
    page.refresh_from_db()
    assert line["line"][:10] not in page.text


def test_all_lines_are_restored_by_one_press(page: Speech, people: Cast, signed_in: SignIn) -> None:
    press(signed_in(people.supervisor), "restore_lines", page, all="1")
    page.refresh_from_db()
    assert page.removed == []
    assert "版权所有" in page.text


@pytest.mark.parametrize("start", ["", "x", "99999", "9" * 5000, "-1"])
def test_a_line_that_is_not_there_is_told(start: str, page: Speech, people: Cast, signed_in: SignIn) -> None:
    assert "没有找到这一行" in press(signed_in(people.supervisor), "restore_lines", page, start=start)
    page.refresh_from_db()
    assert page.restored == []


def test_words_selected_on_a_page_from_before_are_not_taken_for_others(
    page: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    length = str(len(page.text))
    press(client, "restore_lines", page, all="1")
    count = page.directives.count()
    words = {"start": "40", "end": "60", "length": length}
    answer = client.post(reverse("speeches:add", args=[page.pk]), words)
    assert answer.status_code == 400
    assert "正文刚刚更新过" in answer.content.decode()
    assert page.directives.count() == count


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("who", "status"), [("leading", 404), ("leader", 403), ("administrator", 403)])
def test_others_decide_nothing(
    verb: str, who: str, status: int, whole: Speech, people: Cast, signed_in: SignIn
) -> None:
    answer = signed_in(people[who]).post(reverse(f"speeches:{verb}", args=[whole.pk]), {"all": "1"})
    assert answer.status_code == status
    assert Speech.objects.count() == 1


def test_a_leader_reads_what_was_removed_without_buttons(
    page: Speech, people: Cast, signed_in: SignIn
) -> None:
    found = shown(signed_in(people.leader), page)
    assert "去掉的行" in found
    assert 'name="start" value=' not in found


def test_the_page_of_a_file_asks_the_database_no_more_for_its_lines(
    page: Speech, people: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(13):
        shown(client, page)


# --- reading ---


@pytest.fixture
def reading(page: Speech) -> Speech:
    """A speech that a worker is reading for the first time."""
    words = {"status": "parsing", "stage": "读取文件：第12页，共300页", "percent": 11, "parsed_at": None}
    Speech.objects.filter(pk=page.pk).update(**words)
    page.refresh_from_db()
    return page


def test_a_reading_shows_its_page_and_asks_again_by_itself(
    reading: Speech, people: Cast, signed_in: SignIn
) -> None:
    found = shown(signed_in(people.supervisor), reading)
    assert "第12页，共300页" in found
    assert 'hx-trigger="every 1s"' in found
    assert "取消解析" in found


def test_the_button_is_no_part_of_what_is_swapped_every_second(
    reading: Speech, people: Cast, signed_in: SignIn
) -> None:
    answer = signed_in(people.supervisor).get(reverse("speeches:progress", args=[reading.pk]))
    assert "第12页，共300页" in answer.content.decode()
    assert "取消" not in answer.content.decode(), "who has it under the keyboard keeps it"
    assert "HX-Refresh" not in answer


def test_cancelled_it_says_so_and_offers_another_start(
    reading: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    found = press(client, "cancel", reading)
    assert "解析已取消" in found
    assert "重新解析" in found
    assert client.get(reverse("speeches:progress", args=[reading.pk]))["HX-Refresh"] == "true"
    press(client, "retry", reading)
    reading.refresh_from_db()
    assert reading.status == Speech.Status.RECEIVED


def test_cancelling_what_is_parsed_changes_nothing(page: Speech, people: Cast, signed_in: SignIn) -> None:
    assert "已经解析完毕" in press(signed_in(people.supervisor), "cancel", page)
    page.refresh_from_db()
    assert page.status == Speech.Status.PARSED


@pytest.mark.parametrize("address", ["/speeches/{}/file/", "/api/speeches/{}/original/"])
def test_the_original_is_saved_and_never_shown(
    address: str, page: Speech, people: Cast, signed_in: SignIn
) -> None:
    Speech.objects.filter(pk=page.pk).update(file_name="讲话.html")
    answer = signed_in(people.supervisor).get(address.format(page.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
