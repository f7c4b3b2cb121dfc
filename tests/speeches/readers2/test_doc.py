"""Word documents of 1997–2003. `files/speech.doc` is a text of ours that LibreOffice saved."""

import os
import struct
import tempfile
import time
from pathlib import Path

import pytest
from doc2docx.errors import Doc2DocxError, InvalidWordDocument
from doc2docx.msdoc import formatting

from speeches.readers import ReadRefused, doc, read_bytes, sandbox

SAVED = Path(__file__).parent / "files" / "speech.doc"


def leftovers() -> list[str]:
    return [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("luoshi-reading-")]


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["讲话.doc", "讲话.wps"])
def test_numbers_tables_boxes_and_revisions_come_back(name: str) -> None:
    read = read_bytes(SAVED.read_bytes(), name)
    assert read.paragraphs == (
        "在云溪市重点工作调度会上的讲话", "同志们：", "一、抓项目", "（一）抓进度",
        "1.市发改委7月底前建立项目清单。", "2.市财政局落实配套资金2.5亿元。",
        "（二）抓质量", "守底线，认真开展检查。", "责任领导：周启明",
        "任务 单位", "改造老旧小区 市住建局", "以上工作，请抓好落实。",
    )  # fmt: skip
    assert any("修订" in warning for warning in read.warnings)
    assert any("文本框" in warning for warning in read.warnings)


def test_the_folder_of_the_converter_is_gone_after_success_and_after_failure(own_temp: Path) -> None:
    read_bytes(SAVED.read_bytes(), "讲话.doc")
    with pytest.raises(ReadRefused, match="损坏"):
        read_bytes(SAVED.read_bytes().replace(b"\xec\xa5", bytes(2)), "讲话.doc")
    assert leftovers() == []


def test_the_folder_is_gone_after_a_child_was_killed(own_temp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.05)
    with pytest.raises(ReadRefused, match="已停止"):
        read_bytes(SAVED.read_bytes(), "讲话.doc")
    assert leftovers() == []


def test_folders_left_by_a_killed_worker_are_swept_and_young_ones_left_alone(own_temp: Path) -> None:
    old, young = own_temp / "luoshi-reading-old", own_temp / "luoshi-reading-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "source.doc").write_bytes(b"x")
    os.utime(old, (time.time() - 7200,) * 2)
    read_bytes(SAVED.read_bytes(), "讲话.doc")
    assert leftovers() == ["luoshi-reading-young"]


@pytest.mark.parametrize("cut", [512, 1536, 6000])
def test_a_broken_file_is_refused(cut: int, tmp_path: Path) -> None:
    with pytest.raises(ReadRefused, match="请用 Word 或 WPS"):
        doc.read(SAVED.read_bytes()[:cut], tmp_path)


def test_a_macro_is_said_and_not_kept(tmp_path: Path) -> None:
    read = doc.read(SAVED.read_bytes() + "_VBA_PROJECT".encode("utf-16-le"), tmp_path)
    assert any("宏没有运行" in warning for warning in read.warnings)


def test_rubbish_in_a_padding_byte_does_not_stop_the_reading() -> None:
    properties = struct.pack("<HB", 0x2403, 1) + b"\x7f"  # one property, and the odd byte behind it
    (found,) = formatting.parse_grpprl(properties, label="x", allow_trailing_zero_padding=True)
    assert found.opcode == 0x2403
    with pytest.raises(Doc2DocxError):
        formatting.parse_grpprl(properties, label="x")


def test_a_document_whose_formats_cannot_be_followed_gives_its_bare_text_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*args: object, **options: object) -> None:
        raise InvalidWordDocument("formats")

    monkeypatch.setattr(doc, "convert", lost)
    read = doc.read(SAVED.read_bytes(), tmp_path)
    assert "市财政局落实配套资金2.5亿元。" in read.text
    assert "改造老旧小区 市住建局" in read.paragraphs
    assert any("自动编号" in warning for warning in read.warnings)
