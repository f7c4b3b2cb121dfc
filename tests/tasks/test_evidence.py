"""What may be attached, told by content; how it lies and how it comes back."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tasks import actions, evidence
from tasks.models import Attachment
from tasks.moves import Status
from tests.factories import NOON, paper
from tests.people import Cast
from tests.tasks.stages import at_stage


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def package(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


OOXML = "[Content_Types].xml"
GOOD = [
    ("台账.txt", "第一条".encode()),
    ("台账.txt", "第一条".encode("gb18030")),
    ("台账.txt", "第一条".encode("utf-16")),
    ("清单.csv", "单位,数量\n水务,3".encode("utf-8-sig")),
    ("批复.pdf", b"%PDF-1.7 ..."),
    ("现场.jpg", b"\xff\xd8\xff\xe0 ..."),
    ("现场.JPEG", b"\xff\xd8\xff\xe0 ..."),
    ("现场.png", b"\x89PNG\r\n\x1a\n ..."),
    ("现场.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
    ("老表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ..."),
    ("报告.docx", package(OOXML, "word/document.xml")),
    ("台账.xlsx", package(OOXML, "xl/workbook.xml")),
    ("汇报.pptx", package(OOXML, "ppt/presentation.xml")),
    ("公文.ofd", package("OFD.xml", "Doc_0/Document.xml")),
]
BAD = [
    ("空.txt", b"", "文件是空的"),
    ("全部.zip", package("甲.txt"), "这是压缩包"),
    ("假.docx", package("甲.txt"), "这是压缩包"),
    ("坏.docx", b"PK\x03\x04 broken", "文件已损坏"),
    ("宏.docx", package(OOXML, "word/document.xml", "word/vbaProject.bin"), "文件带有宏"),
    ("包.rar", b"Rar!\x1a\x07", "这是压缩包"),
    ("程序.exe", b"MZ\x90\x00\x03\x00", "不能识别"),
    ("程序.txt", b"MZ\x90\x00\x03\x00", "不能识别"),
    ("网页.html", b"<html><script>1</script>", "不能识别"),
    ("图.svg", b"\xef\xbb\xbf<svg onload='x'>", "不能识别"),
    ("图.txt", b"  <svg onload='x'>", "不能识别"),
    ("脚本.txt", b"#!/bin/sh\nrm", "不能识别"),
    ("批处理.bat", b"echo off", "后缀“bat”与内容不符"),
    ("无后缀", "文字".encode(), "与内容不符"),
    ("装成.pdf", b"\x89PNG\r\n\x1a\n", "后缀“pdf”与内容不符"),
    ("装成.docx", b"%PDF-1.7", "后缀“docx”与内容不符"),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_what_offices_send_is_kept(name: str, content: bytes) -> None:
    (checked,) = evidence.checked([SimpleUploadedFile(name, content)])
    assert (checked.name, checked.sha256) == (name, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(("name", "content", "words"), BAD)
def test_what_is_not_evidence_is_refused_by_name_and_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        evidence.checked([paper("好.txt"), SimpleUploadedFile(name, content)])
    (message,) = refused.value.message_dict["files"]
    assert message.startswith(f"《{name}》没有保存：")
    assert words in message


def test_too_large_and_too_many_are_refused(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="超过1MB"):
        evidence.checked([paper(content=b"a" * (1024 * 1024 + 1))])
    with pytest.raises(ValidationError, match="一次最多上传10个文件"):
        evidence.checked([paper() for _ in range(11)])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/台账.txt", "台账.txt"),
        ("C:\\桌面\\台账.txt", "台账.txt"),
        ("台账\u202etxt.exe", "台账txt.exe"),
        ('坏"名\r\n.txt', "坏名.txt"),
        ("长" * 300 + ".txt", "长" * 120 + ".txt"),
        ("", "未命名"),
    ],
)
def test_names_lose_what_could_do_harm(given: str, kept: str) -> None:
    assert evidence.safe_name(given) == kept


def test_the_same_content_twice_lies_there_once_under_its_hash(people: Cast, tmp_path: Path) -> None:
    item = at_stage(Status.UNDERWAY, people)
    for name in ("甲.txt", "乙.txt"):
        actions.report(item.pk, by=people.leading, at=NOON, progress="见附件", files=[paper(name)])
    digest = hashlib.sha256("整治清单".encode()).hexdigest()
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.relative_to(tmp_path).as_posix() for path in stored] == [f"evidence/{digest[:2]}/{digest}"]
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["乙.txt", "甲.txt"]


def test_a_file_torn_by_a_power_cut_is_written_again(people: Cast, tmp_path: Path) -> None:
    item = at_stage(Status.UNDERWAY, people)
    digest = hashlib.sha256("整治清单".encode()).hexdigest()
    torn = tmp_path / "evidence" / digest[:2] / digest
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"half")
    actions.report(item.pk, by=people.leading, at=NOON, progress="见附件", files=[paper()])
    assert Attachment.objects.get().file.read() == "整治清单".encode()


def test_one_bad_file_keeps_the_whole_report_from_being_stored(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(ValidationError, match="坏"):
        actions.submit(
            item.pk, by=people.leading, at=NOON, result="完成", files=[paper(), paper("坏.exe", b"MZ\x00")]
        )
    item.refresh_from_db()
    assert (item.status, item.result, item.events.count()) == (Status.UNDERWAY, "", 3)
    assert not Attachment.objects.exists()


def test_a_download_is_something_to_save_and_runs_nothing(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    feedback = actions.report(
        item.pk, by=people.leading, at=NOON, progress="见附件", files=[paper("台账.txt")]
    )
    response = evidence.download(feedback.files.get())
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()
