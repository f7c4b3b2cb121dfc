"""The pages and the API of the import: choose once, see, put right, import."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from speeches.ledgers.models import LedgerFile
from tasks.models import Task
from tests.ledgers import making
from tests.people import Cast

CHOSEN = {"base": "2026-03-02", "source_title": "", "s0": "on"}


def send(client: Client, content: bytes, name: str = "台账.xlsx") -> Any:
    return client.post("/tasks/import/", {"file": SimpleUploadedFile(name, content)})


def begun(client: Client, content: bytes, name: str = "台账.xlsx") -> str:
    """The address of the preview."""
    answer = send(client, content, name)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_file_is_chosen_once_from_preview_to_import(client: Client) -> None:
    address = begun(client, making.annual(), "年度台账.xlsx")
    page = client.get(address)
    assert "可以导入 3 项" in words(page)
    assert "内涝点整治" in words(page)
    done = client.post(address, CHOSEN | {"import": "1"})
    assert done["Location"] == "/tasks/?status=draft"
    assert "已导入 3 项，编号 DB2026-0001 至 DB2026-0003" in words(client.get("/tasks/?status=draft"))
    assert Task.objects.count() == 3


def test_a_second_click_imports_nothing_twice(client: Client) -> None:
    address = begun(client, making.annual())
    for _ in range(2):
        assert client.post(address, CHOSEN | {"import": "1"}).status_code == 302
    assert Task.objects.count() == 3
    assert "已经导入过了" in words(client.get(address, follow=True))


def test_errors_are_listed_by_sheet_row_and_column_and_hinder_the_import(client: Client) -> None:
    address = begun(client, making.faulty())
    both = CHOSEN | {"s1": "on"}
    answer = client.post(address, both | {"import": "1"})
    assert answer.status_code == 400
    assert "上半年 第 2 行 C 列“完成日期” 没有“2026.2.30”这一天" in words(answer)
    assert "什么也没有导入" in words(answer)
    assert not Task.objects.exists()
    left = both | {"leave": ["0:2", "0:3", "0:4", "0:7"], "import": "1"}
    assert client.post(address, left).status_code == 302
    assert Task.objects.count() == 2


def test_what_is_chosen_is_still_chosen_when_the_page_comes_back(client: Client) -> None:
    address = begun(client, making.faulty())
    chosen = {"base": "2027-01-04", "source_title": "乡镇任务", "s1": "on", "c1-2": "kept", "recheck": "1"}
    assert client.post(address, chosen).status_code == 302
    page = client.get(address)
    reading = page.context["reading"]
    assert [sheet.is_taken for sheet in reading.sheets] == [False, True, False, False]
    assert str(reading.base) == "2027-01-04"
    assert reading.planned[0].details["source_title"] == "乡镇任务"
    assert reading.planned[0].details["due_on"] is None
    assert "时限：年底前" in reading.planned[0].details["note"]


def test_a_choice_can_be_taken_back(client: Client) -> None:
    address = begun(client, making.annual())
    client.post(address, CHOSEN | {"c0-5": "", "recheck": "1"})
    assert client.get(address).context["reading"].planned[0].details["due_on"] is None
    client.post(address, CHOSEN | {"c0-5": "due_on", "recheck": "1"})
    assert client.get(address).context["reading"].planned[0].details["due_on"] is not None


def test_without_a_day_to_count_from_nothing_is_read_anew(client: Client) -> None:
    address = begun(client, making.annual())
    answer = client.post(address, {"base": "", "s0": "on", "import": "1"})
    assert answer.status_code == 400
    assert "请填写日期" in words(answer)
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("讲话.docx", b"PK\x05\x06" + b"\x00" * 18, "这是压缩包，不是表格"),
        ("空.xlsx", b"", "空"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "这是图片"),
        ("表.xls", b"<html><table><tr><td>x</td></tr></table></html>", "这是网页存成的表格"),
        ("扫描.pdf", b"%PDF-1.7\n", "这不是表格"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 40, "表格已损坏"),
        ("引号.csv", '事项名称,单位\n"甲,乙'.encode() + b"x" * 140_000, "CSV 不完整"),
    ],
)
def test_what_is_no_table_is_refused_with_the_way_out(
    name: str, content: bytes, told: str, client: Client
) -> None:
    answer = send(client, content, name)
    assert answer.status_code == 400
    assert told in words(answer)
    assert not LedgerFile.objects.exists()


def test_a_table_without_headings_says_what_is_missing(client: Client) -> None:
    page = client.get(begun(client, making.sheet_of(("通知",), ("请各单位",))))
    assert "没有找到表头" in words(page)
    assert "disabled" in page.content.decode()


def test_too_many_uploads_a_minute_are_put_off(client: Client, settings: LazySettings) -> None:
    settings.UPLOADS_PER_MINUTE = 2
    codes = [send(client, making.annual()).status_code for _ in range(3)]
    assert codes == [302, 302, 429]


def test_departments_see_no_way_in(client: Client, people: Cast) -> None:
    assert "/tasks/import/" in client.get("/tasks/").content.decode()
    client.force_login(people.leading)
    assert "/tasks/import/" not in client.get("/tasks/").content.decode()


def test_what_stands_in_a_cell_is_never_markup(client: Client) -> None:
    rows = (("事项名称", "备注<b>"), ("<script>alert(1)</script>", "x"))
    page = client.get(begun(client, making.sheet_of(*rows))).content.decode()
    assert "<script>alert" not in page
    assert "备注<b>" not in page


def test_the_api_previews_rechecks_and_imports(client: Client) -> None:
    file = SimpleUploadedFile("乡镇台账.xlsx", making.faulty())
    answer = client.post("/api/ledgers/", {"file": file})
    assert answer.status_code == 201
    preview = answer.json()
    assert not preview["is_ready"]
    first = preview["rows"][0]
    assert (first["sheet"], first["row"], first["problems"][0]["column"]) == ("上半年", 2, "C")
    address = f"/api/ledgers/{preview['id']}/"
    refused = client.post(f"{address}import/")
    assert refused.status_code == 400
    assert "有4项有错误" in refused.content.decode()
    wanted = {"leave": ["0:2", "0:3", "0:4", "0:7"], "sheets": [0, 1]}
    again = client.post(f"{address}recheck/", wanted, content_type="application/json")
    assert again.json()["is_ready"]
    assert client.get(address).json() == again.json()
    done = client.post(f"{address}import/")
    assert (done.status_code, done.json()) == (201, {"tasks": ["DB2026-0001", "DB2026-0002"]})
    assert client.get(address).status_code == 400


def test_the_api_refuses_a_column_that_is_none(client: Client) -> None:
    file = SimpleUploadedFile("台账.xlsx", making.annual())
    address = f"/api/ledgers/{client.post('/api/ledgers/', {'file': file}).json()['id']}/recheck/"
    wrong = {"columns": {"0": {"1": "status; drop"}}}
    assert client.post(address, wrong, content_type="application/json").status_code == 400
