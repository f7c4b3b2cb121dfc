"""What a file is, told by its content and never by its name."""

import io
import zipfile
import zlib

from speeches.readers.types import MAX_ENTRIES, ReadRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_SOUNDS = (b"ID3", b"RIFF", b"OggS", b"\x1aE\xdf\xa3")
_PACKERS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
_PASTE = "请打开后复制全文，粘贴到“粘贴讲话全文”中。"


def kind_of(content: bytes) -> str:
    """`docx` or `txt`. Raises ReadRefused for everything else that can be told, saying what it is."""
    if content.startswith(_ZIP):
        return _packed(content)
    if message := _known(content):
        raise ReadRefused(message)
    return "txt"


def _known(content: bytes) -> str:
    """What a file that cannot be read is, and what to do; empty when it may be text."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return (
            f"这是 PDF 文件（不看文件名，看内容），暂不能读取。请用 WPS 转成 .docx 再上传，或者{_PASTE[1:]}"
        )
    if content.startswith(_OLE):
        return _ole(content)
    if start.startswith(b"{\\rtf"):
        return f"这是 RTF 文件，暂不能读取。{_AS_DOCX}"
    if content.startswith(_IMAGES):
        return "这是图片，没有可读取的文字。请先做文字识别（OCR），再把识别出的文字粘贴上传。"
    if content.startswith(_SOUNDS) or content[4:8] == b"ftyp":
        return "这是音频或视频文件，没有可读取的文字。请先转写成文字，再上传文字稿。"
    if content.startswith(_PACKERS):
        return "这是压缩包。请解压后把里面的 .docx 或 .txt 文件分别上传。"
    if content.startswith((b"MZ", b"\x7fELF")):
        return "这是程序文件，不能上传。请选择 .docx 或 .txt 格式的讲话稿。"
    return _page(start.lower())


def _page(start: bytes) -> str:
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta")):
        return f"这是网页文件，暂不能读取。{_PASTE}"
    if start.startswith((b"mime-version:", b"received:", b"return-path:")) or b"\nmime-version:" in start:
        return f"这是邮件或单文件网页，暂不能读取。{_PASTE}"
    if start.startswith(b"<?xml"):
        return f"这是 XML 文件，不是讲话稿。如果是 Word 存成的 XML，{_AS_DOCX}"
    return ""


def _ole(content: bytes) -> str:
    names = content[: 4 * 1024 * 1024]
    if "EncryptedPackage".encode("utf-16-le") in names:
        return "文件加了打开密码，读不出内容。请去掉密码，另存后再上传。"
    if "WordDocument".encode("utf-16-le") in names:
        return f"这是旧格式的 Word 或 WPS 文档（.doc/.wps），暂不能读取。{_AS_DOCX}"
    if "Workbook".encode("utf-16-le") in names:
        return "这是 Excel 表格，不是讲话稿。请上传 .docx 或 .txt 文件。"
    return f"这是旧格式的 Office 文件，暂不能读取。{_AS_DOCX}"


def _packed(content: bytes) -> str:
    """Which office format the zip is, by the names in its directory alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError) as error:
        raise ReadRefused(f"文件已损坏，打不开。请重新导出，{_AS_DOCX}") from error
    if len(names) > MAX_ENTRIES:
        raise ReadRefused(
            f"文件里打包了{len(names)}个文件，超过{MAX_ENTRIES}个的上限，不像正常的文档。{_AS_DOCX}"
        )
    return _office(names)


def _office(names: list[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names):
        raise ReadRefused("这是 Excel 表格，不是讲话稿。请上传 .docx 或 .txt 文件。")
    if any(name.startswith("ppt/") for name in names):
        raise ReadRefused(f"这是 PowerPoint 演示文稿，暂不能读取。{_PASTE}")
    if any(name.upper() == "OFD.XML" for name in names):
        raise ReadRefused(f"这是 OFD 版式文件，暂不能读取。{_PASTE}")
    if "content.xml" in names:
        raise ReadRefused(f"这是 ODT 文档，暂不能读取。{_AS_DOCX}")
    raise ReadRefused("这是压缩包。请解压后把里面的 .docx 或 .txt 文件分别上传。")
