"""What a file is, told by its content and never by its name."""

import io
import re
import zipfile
import zlib

from speeches.readers.types import MAX_ENTRIES, BundleRefused, ReadRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_SOUNDS = (b"ID3", b"RIFF", b"OggS", b"\x1aE\xdf\xa3")
_PACKERS = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_AS_DOCX = "请用 Word 或 WPS 打开，另存为 .docx 后再上传。"
_PASTE = "请打开后复制全文，粘贴到“粘贴讲话全文”中。"
_TWO_FACED = (
    "这个文件既是 PDF 又是压缩包，不像正常的文档，可能是恶意文件，已拒绝读取。"
    "请向来文单位核实，或直接粘贴全文。"
)
_MARKUP = re.compile(
    rb"<(!doctype html|html|head|body|meta|title|style|script|link|div|table|center|section|article|main"
    rb"|p|span|font|h[1-6])[\s>/]"
)
_HEADER = re.compile(rb"[a-z][a-z0-9-]{1,60}:")
_MAIL_HEADERS = (
    b"from", b"to", b"subject", b"date", b"mime-version", b"received", b"content-type", b"message-id",
    b"return-path", b"delivered-to", b"reply-to", b"x-mailer", b"content-transfer-encoding",
)  # fmt: skip
_HEAD = 8192  # bytes of a file in which its nature must show


def kind_of(content: bytes) -> str:
    """The kind of reader for a file. Raises ReadRefused for what no reader takes, saying what it is."""
    if content.startswith(_ZIP):
        if b"%PDF-" in content[:1024]:
            raise ReadRefused(_TWO_FACED)
        return _packed(content)
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    if content.startswith(_OLE):
        return _ole(content)
    if message := _unreadable(content):
        raise ReadRefused(message)
    return _written(content)


def _unreadable(content: bytes) -> str:
    """What a file that holds no text is, and what to do; empty when it may be text."""
    if content.startswith(_IMAGES):
        return "这是图片，没有可读取的文字。请先做文字识别（OCR），再把识别出的文字粘贴上传。"
    if content.startswith(_SOUNDS) or content[4:8] == b"ftyp":
        return "这是音频或视频文件，没有可读取的文字。请先转写成文字，再上传文字稿。"
    if content.startswith(_PACKERS):
        return "这是压缩包。请解压后把里面的讲话稿分别上传。"
    if content.startswith((b"MZ", b"\x7fELF")):
        return "这是程序文件，不能上传。请选择讲话稿文件（如 .docx、.pdf、.txt）。"
    return ""


def _pdf(content: bytes) -> str:
    """A PDF, unless a zip is tied to its end: what one program shows then is not what another reads."""
    end = content.rfind(b"%%EOF")
    if end >= 0 and b"PK\x05\x06" in content[end:]:
        raise ReadRefused(_TWO_FACED)
    return "pdf"


def _written(content: bytes) -> str:
    """Which format of marked text, by the way it begins; UTF-16 is seen through."""
    start = content[:_HEAD].removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n\x0c").lower()
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"<?xml"):
        return _xml(start)
    if _MARKUP.match(start) or (start.startswith((b"<!--", b"<!")) and _MARKUP.search(start)):
        return "html"
    return _mail(start) or "txt"


def _xml(start: bytes) -> str:
    if re.search(rb"<(!doctype )?html[\s>]", start):
        return "html"
    raise ReadRefused(f"这是 XML 文件，不是讲话稿。如果是 Word 存成的 XML，{_AS_DOCX}")


def _mail(start: bytes) -> str:
    """`eml` or `mht` for what begins with the headers of a mail, else empty."""
    block = re.split(rb"\r?\n\r?\n", start.removeprefix(b"from - ").lstrip(), maxsplit=1)[0]
    lines = block.split(b"\n")
    if not _HEADER.match(lines[0]):
        return ""
    names = {line.partition(b":")[0] for line in lines if _HEADER.match(line)}
    if len(names.intersection(_MAIL_HEADERS)) < 2 and not {b"mime-version", b"content-type"} & names:
        return ""
    is_page = b"multipart/related" in block and b"received" not in names
    return "mht" if is_page and (b"to" not in names or b"<saved by" in block) else "eml"


def _ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ReadRefused("文件加了打开密码，读不出内容。请去掉密码，另存后再上传。")
    if "WordDocument".encode("utf-16-le") in content:
        return "doc"
    if "Workbook".encode("utf-16-le") in content:
        raise ReadRefused("这是 Excel 表格，不是讲话稿。请把文字存成 .docx 或 .txt 再上传。")
    if "__substg1.0".encode("utf-16-le") in content:
        raise ReadRefused(
            "这是 Outlook 邮件（.msg），暂不能读取。请在 Outlook 中另存为 .eml，或直接上传附件。"
        )
    raise ReadRefused(f"这是旧格式的 Office 文件，不能读取。{_AS_DOCX}")


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
        raise ReadRefused("这是 Excel 表格，不是讲话稿。请把文字存成 .docx 或 .txt 再上传。")
    if any(name.startswith("ppt/") for name in names):
        raise ReadRefused(f"这是 PowerPoint 演示文稿，暂不能读取。{_PASTE}")
    if any(name.lstrip("/").upper() == "OFD.XML" for name in names):
        return "ofd"
    if "content.xml" in names:
        return "odt"
    raise BundleRefused("这是压缩包。请解压后把里面的讲话稿分别上传。")
