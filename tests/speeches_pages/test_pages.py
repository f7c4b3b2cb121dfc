"""The pages of speeches: who may open them, what bad input is told, how two clerks meet."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Department
from speeches import actions
from speeches.models import Directive, Speech
from tasks.models import Task
from tests.people import Cast
from tests.speeches.making import packed
from tests.speeches_pages.conftest import SignIn

HTMX = {"HX-Request": "true"}
GETS = ("list", "upload", "review", "progress", "file", "draft", "edit", "split")
POSTS = ("retry", "about", "add", "adopt_tier", "edit", "adopt", "drop", "restore", "merge", "split", "take")
OF_DRAFT = {"draft", "edit", "adopt", "drop", "restore", "merge", "split", "take"}


def address(name: str, speech: Speech) -> str:
    if name in {"list", "upload"}:
        return reverse(f"speeches:{name}")
    draft = speech.directives.filter(state="open").first()
    assert draft is not None
    return reverse(f"speeches:{name}", args=[draft.pk if name in OF_DRAFT else speech.pk])


def version_of(draft: Directive) -> dict[str, str]:
    return {
        f"d{draft.pk}-{name}": value
        for name, value in {
            "title": draft.title,
            "requirement": draft.requirement,
            "lead": "市发改委",
            "version": str(draft.version),
        }.items()
    }


def first_open(speech: Speech) -> Directive:
    found: Directive = speech.directives.filter(state="open")[0]
    return found


def told(client: Client, response_content: bytes) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", response_content.decode()))


# --- who may ---


@pytest.mark.parametrize("name", [n for n in GETS if n not in {"list", "upload"}])
def test_a_department_does_not_learn_that_a_speech_is_there(
    name: str, speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    assert signed_in(people.leading).get(address(name, speech)).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_a_department_changes_nothing(name: str, speech: Speech, people: Cast, signed_in: SignIn) -> None:
    before = list(speech.directives.values())
    assert signed_in(people.leading).post(address(name, speech)).status_code == 404
    assert list(speech.directives.values()) == before


@pytest.mark.parametrize("name", [n for n in POSTS if n != "retry"])
def test_a_leader_reads_but_changes_nothing(
    name: str, speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    client, before = signed_in(people.leader), list(speech.directives.values())
    draft = first_open(speech)
    words = version_of(draft) | {"start": "0", "end": "5", "offset": str(draft.start + 5), "kind": "speech",
                                 "tier": "named"}  # fmt: skip
    assert client.get(address("review", speech)).status_code == 200
    assert client.post(address(name, speech), words).status_code == 403
    assert list(speech.directives.values()) == before


def test_the_list_of_a_department_is_empty_and_has_no_upload(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.leading)
    assert speech.title not in client.get(reverse("speeches:list")).content.decode()
    assert client.get(reverse("speeches:upload")).status_code == 403


def test_nobody_reads_without_signing_in(speech: Speech) -> None:
    for name in GETS:
        answer = Client().get(address(name, speech))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/"), name


# --- reading ---


def test_every_draft_is_lit_on_its_sentence_beside_its_card(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    page = signed_in(people.supervisor).get(address("review", speech)).content.decode()
    for draft in speech.directives.all():
        lit = re.findall(rf'<mark[^>]*data-draft="{draft.pk}"[^>]*>([^<]*)</mark>', page)
        assert "".join(lit) == draft.quote.replace("\n", "")
        assert f'id="d{draft.pk}"' in page


def test_the_review_asks_the_database_the_same_number_of_times_however_many_drafts(
    speech: Speech,
    people: Cast,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(12):
        client.get(address("review", speech))


def test_the_newest_speech_comes_first(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people.supervisor)
    client.post(reverse("speeches:upload"), {"text": "请市发改委月底前报送方案。", "title": "后来的讲话"})
    page = client.get(reverse("speeches:list")).content.decode()
    assert page.index("后来的讲话") < page.index(str(speech))


# --- bad input ---


def upload(client: Client, name: str, content: bytes) -> tuple[int, str]:
    answer = client.post(reverse("speeches:upload"), {"files": SimpleUploadedFile(name, content)})
    return answer.status_code, told(client, answer.content)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.txt", b"", "空"),
        ("压缩包.docx", b"Rar!\x1a\x07\x01\x00" + b"0" * 200, "压缩"),
        ("照片.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "图片"),
        ("压缩.docx", packed({"a.txt": "x"}), "docx"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_what_to_do(
    name: str, content: bytes, says: str, people: Cast, signed_in: SignIn
) -> None:
    status, page = upload(signed_in(people.supervisor), name, content)
    assert (status, Speech.objects.count()) == (400, 0)
    assert name in page
    assert says.lower() in page.lower()


def test_a_file_over_the_limit_is_refused_and_nothing_is_kept(
    people: Cast, signed_in: SignIn, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    status, page = upload(signed_in(people.supervisor), "大.txt", "办".encode() * 400_000)
    assert (status, Speech.objects.count()) == (400, 0)
    assert "上限" in page


def test_one_bad_file_does_not_hold_up_the_good_one(people: Cast, signed_in: SignIn) -> None:
    files = [
        SimpleUploadedFile("好.txt", "请市发改委月底前报送方案。".encode()),
        SimpleUploadedFile("空.txt", b""),
    ]
    answer = signed_in(people.supervisor).post(reverse("speeches:upload"), {"files": files})
    assert [s.file_name for s in Speech.objects.all()] == ["好.txt"]
    assert "空.txt" in answer.content.decode()


def test_neither_file_nor_text_is_told_what_to_do(people: Cast, signed_in: SignIn) -> None:
    answer = signed_in(people.supervisor).post(reverse("speeches:upload"), {"title": "只有标题"})
    assert answer.status_code == 400
    assert "请选择" in answer.content.decode()


def test_the_same_text_again_opens_the_speech_that_is_there(people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people.supervisor)
    first, again = (
        client.post(reverse("speeches:upload"), {"text": "请市发改委月底前报送方案。"}) for _ in range(2)
    )
    assert first["Location"] == again["Location"]
    assert Speech.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("due_on", "2020-01-01", "早于今天"),
        ("lead", "市发改委、市工信局", "只能填 1 个"),
        ("lead", "不存在局", "没有找到单位"),
        ("parts", "市发改委", "填了两处"),
        ("title", "", "必填"),
    ],
)
def test_a_draft_that_cannot_be_saved_says_why_and_keeps_what_was_typed(
    field: str, value: str, says: str, speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft = first_open(speech)
    words = version_of(draft) | {f"d{draft.pk}-requirement": "改过的要求", f"d{draft.pk}-{field}": value}
    answer = signed_in(people.supervisor).post(address("edit", speech), words)
    page = answer.content.decode()
    assert (answer.status_code, first_open(speech).version) == (400, 1)
    assert says in page
    assert "改过的要求" in page


# --- two clerks ---


def test_the_second_clerk_is_told_sees_the_first_ones_words_and_can_save_after_all(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft = first_open(speech)
    words = version_of(draft)
    actions.edit(draft.pk, by=people.second_supervisor, version=1, title="先保存的名称")
    client = signed_in(people.supervisor)
    mine = words | {f"d{draft.pk}-title": "后保存的名称"}
    refused = client.post(address("edit", speech), mine)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "先保存的名称" in page
    assert "后保存的名称" in page
    version = re.search(rf'name="d{draft.pk}-version" value="(\d+)"', page)
    assert version is not None
    client.post(address("edit", speech), mine | {f"d{draft.pk}-version": version[1]})
    draft.refresh_from_db()
    assert draft.title == "后保存的名称"


def test_a_draft_that_a_colleague_adopted_is_not_adopted_again(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft, client = first_open(speech), signed_in(people.supervisor)
    Directive.objects.filter(pk=draft.pk).update(state=Directive.State.DROPPED)
    answer = client.post(reverse("speeches:adopt", args=[draft.pk]), headers=HTMX)
    assert (answer.status_code, Task.objects.count()) == (409, 0)
    assert "不采纳" in answer.content.decode()
    assert answer["HX-Retarget"] == "#workspace"


# --- working through ---


def test_save_adopt_and_issue_in_one_press(
    speech: Speech, people: Cast, office: dict[str, Department], signed_in: SignIn
) -> None:
    draft = first_open(speech)
    words = version_of(draft) | {f"d{draft.pk}-due_on": "2099-12-31", "issue": "1"}
    signed_in(people.supervisor).post(address("edit", speech), words)
    task = Task.objects.get()
    assert (task.status, task.lead, task.due_on) == ("issued", office["市发改委"], date(2099, 12, 31))


def test_htmx_gets_both_panes_back_and_keeps_the_filter_of_the_page(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft = first_open(speech)
    seen = f"http://testserver{address('review', speech)}?show=all"
    answer = signed_in(people.supervisor).post(
        reverse("speeches:drop", args=[draft.pk]), headers=HTMX | {"HX-Current-URL": seen}
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert f'id="d{draft.pk}"' in page, "the dropped draft stays in sight under 全部"
    assert "is-dropped" in page


def _places(speech: Speech, line: str) -> range:
    start = speech.text.index(line)
    return range(start, start + len(line))


def test_a_pasted_sentence_becomes_a_draft_and_a_foreign_one_is_refused(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    client, count = signed_in(people.supervisor), speech.directives.count()
    lit = {place for draft in speech.directives.all() for place in range(draft.start, draft.end)}
    line = max((line for line in speech.text.split("\n") if not lit & set(_places(speech, line))), key=len)
    client.post(address("add", speech), {"quote": line})
    assert speech.directives.filter(origin="clerk", quote__in=[line, line.rstrip("。")]).exists()
    answer = client.post(address("add", speech), {"quote": "正文里没有的一句话"})
    assert answer.status_code == 400
    assert "没有找到这句话" in answer.content.decode()
    assert speech.directives.count() == count + 1


def test_split_offers_the_marks_of_the_sentence_and_cuts_there(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    client = signed_in(people.supervisor)
    draft = speech.directives.get(quote__contains="每周一收集")
    page = client.get(reverse("speeches:split", args=[draft.pk])).content.decode()
    offset = re.findall(r'name="offset" value="(\d+)"', page)[0]
    client.post(reverse("speeches:split", args=[draft.pk]), {"offset": offset})
    draft.refresh_from_db()
    assert draft.end <= int(offset)
    assert speech.directives.filter(start__gte=int(offset), end__gt=draft.end).exists()


def test_merge_joins_the_next_open_draft(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    first, second = speech.directives.filter(state="open")[:2]
    signed_in(people.supervisor).post(reverse("speeches:merge", args=[first.pk]))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.state, first.end >= second.end) == ("merged", True)


def test_a_whole_tier_is_adopted_and_what_is_left_is_named(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    named = speech.directives.filter(tier="named", state="open").count()
    answer = signed_in(people.supervisor).post(address("adopt_tier", speech), {"tier": "named"}, follow=True)
    assert Task.objects.count() + speech.directives.filter(tier="named", state="open").count() == named
    assert f"已立项 {Task.objects.count()} 条" in answer.content.decode()


def test_a_late_date_resolves_the_words_of_time(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    Speech.objects.filter(pk=speech.pk).update(spoken_on=None)
    words = {
        "title": "改过的标题",
        "kind": "speech",
        "spoken_on": "2026-05-11",
        "speaker": "",
        "occasion": "",
    }
    signed_in(people.supervisor).post(address("about", speech), words)
    speech.refresh_from_db()
    assert (speech.title, speech.spoken_on) == ("改过的标题", date(2026, 5, 11))
