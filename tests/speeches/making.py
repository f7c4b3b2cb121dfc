"""Word documents made by hand, part by part, so that a test can put anything into them."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>'
)


def packed(parts: Mapping[str, str | bytes], *, squeeze: bool = True) -> bytes:
    """A zip of `parts`, the same bytes at any time: names of tests are made of them."""
    holder = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
    with zipfile.ZipFile(holder, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return holder.getvalue()


def wrapped(body: str, *, namespace: str = W, head: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    )


def docx(body: str, *, namespace: str = W, head: str = "", **parts: str) -> bytes:
    """A .docx whose body is the given XML; `numbering` and `styles` are the insides of those parts."""
    named = {
        f"word/{name}.xml": f'<w:{name} xmlns:w="{namespace}">{inside}</w:{name}>'
        for name, inside in parts.items()
    }
    document = {"word/document.xml": wrapped(body, namespace=namespace, head=head)}
    return packed({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS} | document | named)


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(number: int, level: int) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def scheme(key: int, *levels: tuple[str, str]) -> str:
    """A list definition: (numFmt, lvlText) of each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
        for depth, (shape, label) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>'


def numbering_list(number: int, key: int, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{inside}</w:num>'
