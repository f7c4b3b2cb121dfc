"""Bad input at the running site: a clear message that says what to do, nothing half-saved, nobody dead."""

import random
import re
import struct
from datetime import date
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.flow.cast import move_in, speech
from tests.flow.visitor import Answer, Visitor, resident, store
from tests.services import until_ready
from tests.speeches.making import docx, packed, wrapped
from tests.stack import Stack

MB = 1024 * 1024
HEADROOM = 100 * MB
NOISE = random.Random(7).randbytes(20_000)
BOMB = docx("<w:p/>" * (60 * MB // 6))
DTD = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ITEM = {"title": "甲事项", "requirement": "完成。", "urgency": "normal", "source_kind": "document"}


def lying(content: bytes, size: int = 1000) -> bytes:
    """The zip with every size in its directory and in its parts' heads replaced by a small one."""
    forged = bytearray(content)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = forged.find(mark)
        while at >= 0:
            if struct.unpack_from("<I", forged, at + place)[0] > MB:
                struct.pack_into("<I", forged, at + place, size)
            at = forged.find(mark, at + 4)
    return bytes(forged)


REFUSED = {
    "an empty file": ("空.txt", b"", "空的"),
    "30 MB": ("大.docx", bytes(30 * MB), "20MB"),
    "a PDF called docx": ("讲话.docx", b"%PDF-1.7\n" + NOISE, "PDF"),
    "noise called txt": ("讲话.txt", NOISE, "编码"),
    "a program called docx": ("讲话.docx", b"MZ" + NOISE, "程序"),
    "a zip called docx": ("讲话.docx", packed({"讲话.txt": "x"}), "压缩包"),
    "half a docx": ("讲话.docx", docx("<w:p/>")[:200], "损坏"),
    "white space": ("讲话.txt", " \r\n\t　".encode(), "没有文字"),
    "a bomb": ("通知.docx", BOMB, "50MB"),
    "a bomb that lies": ("批示.docx", lying(BOMB), "损坏"),
    "a document with a DTD": ("纪要.docx", docx("<w:p/>", head=DTD), "DTD"),
    "a document without a body": ("方案.docx", packed({"word/document.xml": wrapped("")}), "粘贴"),
    "broken XML": ("意见.docx", packed({"word/document.xml": "<w:document"}), "损坏"),
}
"""What is sent, and a word of the answer. Some are refused at once, some by the worker that opens them."""
NAMES = {
    "300 bytes": "讲" * 100 + ".txt",
    "300 bytes of ending": "讲话." + "x" * 300,
    "turned round": "讲话\u202etxt.exe",
    "a way out": "../../../../tmp/luoshi-escape.txt",
    "a way out of Windows": "C:\\Windows\\讲话.txt",
    "markup": '"><img src=x onerror=alert(1)>.txt',
    "reserved": "CON",
}


class Peak(Thread):
    """Watches how much memory a process and its children hold; `most` is the highest sum seen."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0, Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, resident(self.pid))


@pytest.fixture
def visitor(embedded_stack: Stack, tmp_path: Path) -> Visitor:
    move_in(embedded_stack, tmp_path)
    return Visitor(embedded_stack)


def parsed(visitor: Visitor, name: str, content: bytes) -> dict[str, object]:
    """The speech that was uploaded, after the worker has done with it."""
    answer = visitor.upload(name, content)
    assert answer.status == 302, answer.page
    return finished(visitor, answer, name)


def finished(visitor: Visitor, answer: Answer, name: str) -> dict[str, object]:
    def is_over() -> bool:
        return visitor.speech(answer)["status"] in {"parsed", "failed"}

    until_ready(is_over, name, visitor.stack.parts["worker"])
    return visitor.speech(answer)


def test_bad_input_is_told_what_to_do_and_the_worker_goes_on(visitor: Visitor) -> None:
    stack = visitor.stack
    worker = stack.parts["worker"].pid
    assert parsed(visitor, "第一篇.txt", speech(date(2026, 3, 2)).encode())["status"] == "parsed"
    idle, before = resident(worker), store(stack)
    watch = Peak(worker)
    watch.start()

    refused_on_the_form(visitor)
    assert store(stack) == before, "nothing half-saved"
    refused_as_a_file(visitor)
    after = store(stack)
    assert after["speeches_directive"] == before["speeches_directive"]
    assert after["tasks_task"] == before["tasks_task"]
    odd_names_are_shown_and_stored_harmlessly(visitor)

    assert parsed(visitor, "又一篇.txt", speech(date(2026, 3, 3)).encode("gb18030"))["status"] == "parsed"
    watch.over.set()
    watch.join()
    assert stack.parts["worker"].pid == worker
    assert stack.parts["worker"].poll() is None, stack.log("worker")
    assert watch.most - idle < HEADROOM, f"{(watch.most - idle) // MB} MB over {idle // MB} MB at rest"
    assert "Traceback" not in stack.log("web") + stack.log("worker")


def refused_on_the_form(visitor: Visitor) -> None:
    for words, says in (
        ({"lead": "市财政局、市商务局"}, "只能填 1 个单位"),
        ({"lead": "市财政局", "parts": "市财政局"}, "填了两处"),
        ({"lead": "市不存在局"}, "市不存在局"),
        ({"lead": "市财政局", "due_on": "2020-01-01"}, "早于今天"),
        ({"lead": "市财政局", "due_on": "2026年的春天"}, "日期"),
        ({"lead": "市财政局", "title": ""}, "事项名称"),
    ):
        answer = visitor.post("/tasks/new/", ITEM | words | {"issue": "1"})
        assert answer.status == 400, words
        page = answer.page
        assert says in page, words
        assert "完成。" in page, "what was typed is still there"


def refused_as_a_file(visitor: Visitor) -> None:
    for case, (name, content, word) in REFUSED.items():
        before = store(visitor.stack)
        answer = visitor.upload(name, content)
        if answer.status == 400:
            assert store(visitor.stack) == before, case
            says = re.sub(r"<[^>]+>", "", re.sub(r"(?s).*<main|</main>.*", "", answer.page))
        else:
            says = refusal_of_the_worker(visitor, answer, case)
        assert word in says, (case, says)
        assert re.search("请|可以", says), (case, "says what to do")


def refusal_of_the_worker(visitor: Visitor, answer: Answer, case: str) -> str:
    """What the page of a failed speech says; the row holds nothing else, and can be tried again."""
    made = finished(visitor, answer, case)
    assert made["status"] == "failed", case
    assert (made["text"], made["title"], made["outline"]) == ("", "", []), case
    page = visitor.get(f"/speeches/{made['id']}/").page
    assert str(made["error"])[:12] in page, case
    assert "重新解析" in page, case
    return str(made["error"])


def odd_names_are_shown_and_stored_harmlessly(visitor: Visitor) -> None:
    texts = {case: f"市财政局要在月底前拨付第{number}批资金。" for number, case in enumerate(NAMES)}
    answers = {case: visitor.upload(name, texts[case].encode()) for case, name in NAMES.items()}
    for case, answer in answers.items():
        made = finished(visitor, answer, case)
        assert made["status"] == "parsed", case
        shown = str(made["file_name"])
        assert 0 < len(shown) <= 200
        assert not set(shown) & set('\u202e/\\<>"'), case
        page = visitor.get(f"/speeches/{made['id']}/").page
        assert "<img" not in page
        assert "\u202e" not in page
        saved = visitor.get(f"/speeches/{made['id']}/file/")
        assert saved.page == texts[case]
        assert saved.headers["Content-Disposition"].startswith("attachment;")
    media = visitor.stack.folder / "var" / "media"
    names = [path.name for path in media.rglob("*") if path.is_file()]
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in names)
    assert not (Path("/tmp") / "luoshi-escape.txt").exists()
