"""What the formats are called, by people and in names of files. Imports no reader."""

from pathlib import PurePath

NAMES = {
    "txt": "文字文件",
    "docx": "Word 文档",
    "doc": "旧格式的 Word 或 WPS 文档",
    "pdf": "PDF",
    "ofd": "OFD",
    "odt": "ODT 文档",
    "rtf": "RTF 文档",
    "html": "网页",
    "mht": "单文件网页",
    "eml": "邮件",
}
SUFFIXES = {
    "txt": {".txt"},
    "docx": {".docx", ".docm", ".dotx"},
    "doc": {".doc", ".wps", ".dot", ".wpt"},
    "pdf": {".pdf"},
    "ofd": {".ofd"},
    "odt": {".odt", ".ott"},
    "rtf": {".rtf"},
    "html": {".html", ".htm", ".xhtml", ".shtml"},
    "mht": {".mht", ".mhtml"},
    "eml": {".eml"},
}
# Whose library works on files; for any other format the child may write nothing.
WRITERS = frozenset(("doc", "eml"))


def is_document_name(name: str) -> bool:
    """Whether a file name promises one of the formats read here."""
    return PurePath(name).suffix.lower() in set().union(*SUFFIXES.values())
