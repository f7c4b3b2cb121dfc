"""Flat OpenDocument files (.fodt), which LibreOffice saves in any format: the layouts offices use."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

_NAMES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
    "fo": "xsl-fo-compatible", "svg": "svg-compatible",
}  # fmt: skip
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in _NAMES.items()
)
_FACE = "Noto Serif CJK SC"
_MARGINS = 'fo:margin-top="2.5cm" fo:margin-bottom="2cm" fo:margin-left="2.8cm" fo:margin-right="2.6cm"'
# LibreOffice 7.4 loses some marks that it hangs into the margin of a PDF.
_HANGING = 'style:punctuation-wrap="simple"'
_NUMBERS = (("一, 二, 三, ...", "", "、"), ("一, 二, 三, ...", "（", "）"), ("1", "", "."))
PAGE = "<text:page-number/>"
PAGES = "<text:page-count/>"


def document(
    body: str, *, size: float = 16, columns: int = 1, head: str = "", foot: str = "", running: str = ""
) -> str:
    """A document on A4. `body`, `head` and `foot` are XML; `running` are the properties of its paragraphs."""
    usual = (
        running or f'fo:text-indent="{2 * size}pt" fo:line-height="{1.75 * size}pt" fo:text-align="justify"'
    )
    styles = (
        _style("Title", 'fo:text-align="center" fo:margin-bottom="14pt"', size * 1.4, bold=True)
        + _style("Body", usual, size)
        + _style("Cell", "", size * 0.75)
        + _style("Sign", 'fo:text-align="end"', size)
        + _style("Margin", 'fo:text-align="center"', 9)
    )
    column = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    zones, margins = _zones(head, foot)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text"><office:font-face-decls>'
        f'<style:font-face style:name="{_FACE}" svg:font-family="{_FACE}"/></office:font-face-decls>'
        f"<office:styles>{styles}</office:styles><office:automatic-styles>"
        f'<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm"'
        f' fo:page-height="29.7cm" {_MARGINS}>{column}</style:page-layout-properties>{zones}'
        f"</style:page-layout>{_shapes()}</office:automatic-styles><office:master-styles>"
        f'<style:master-page style:name="Standard" style:page-layout-name="A4">{margins}</style:master-page>'
        f"</office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _style(name: str, paragraph: str, points: float, *, bold: bool = False) -> str:
    weight = "bold" if bold else "normal"
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {paragraph} {_HANGING}/>"
        f'<style:text-properties style:font-name="{_FACE}" style:font-name-asian="{_FACE}"'
        f' fo:font-size="{points}pt" style:font-size-asian="{points}pt" fo:font-weight="{weight}"'
        f' style:font-weight-asian="{weight}"/></style:style>'
    )


def _zones(head: str, foot: str) -> tuple[str, str]:
    """The layouts of the zones above and below the text, and what stands in them."""
    wanted = [(zone, words) for zone, words in (("header", head), ("footer", foot)) if words]
    layouts = "".join(
        f'<style:{zone}-style><style:header-footer-properties fo:min-height="1cm"/></style:{zone}-style>'
        for zone, _ in wanted
    )
    written = "".join(
        f'<style:{zone}><text:p text:style-name="Margin">{words}</text:p></style:{zone}>'
        for zone, words in wanted
    )
    return layouts, written


def _shapes() -> str:
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{shape}"'
        f' style:num-prefix="{before}" style:num-suffix="{behind}"/>'
        for level, (shape, before, behind) in enumerate(_NUMBERS, 1)
    )
    widths = "".join(
        f'<style:style style:name="Wide{number}" style:family="table-column"><style:table-column-properties'
        f' style:column-width="{width}cm"/></style:style>'
        for number, width in enumerate((1.4, 7.6, 3.3, 3.3))
    )
    return (
        f'<text:list-style style:name="Numbers">{levels}</text:list-style>{widths}'
        '<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties'
        ' fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
        '<style:style style:name="Frame" style:family="graphic"><style:graphic-properties'
        ' fo:border="0.5pt solid #000000" style:wrap="none"/></style:style>'
    )


def p(text: str, style: str = "Body", inside: str = "") -> str:
    """A paragraph; `inside` is XML behind its text."""
    return f'<text:p text:style-name="{style}">{escape(text)}{inside}</text:p>'


def running(lines: Sequence[str]) -> str:
    """A title and paragraphs."""
    return p(lines[0], "Title") + "".join(map(p, lines[1:]))


def table(rows: Sequence[Sequence[str]]) -> str:
    """Four columns with rules around every cell; the first row comes again on every page."""
    first, *others = [
        "".join(
            f'<table:table-cell table:style-name="Box">{p(cell, "Cell")}</table:table-cell>' for cell in row
        )
        for row in rows
    ]
    columns = "".join(f'<table:table-column table:style-name="Wide{number}"/>' for number in range(4))
    below = "".join(f"<table:table-row>{row}</table:table-row>" for row in others)
    head = f"<table:table-header-rows><table:table-row>{first}</table:table-row></table:table-header-rows>"
    return f"<table:table>{columns}{head}{below}</table:table>"


def outline(parts: Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]]) -> str:
    """Three levels whose numbers the program makes."""

    def item(text: str, *, style: str = "Body", inside: str = "") -> str:
        below = f"<text:list>{inside}</text:list>" if inside else ""
        return f"<text:list-item>{p(text, style)}{below}</text:list-item>"

    whole = "".join(
        item(
            heading,
            inside="".join(
                item(below, inside="".join(item(step) for step in steps)) for below, steps in sections
            ),
        )
        for heading, sections in parts
    )
    return f'<text:list text:style-name="Numbers">{whole}</text:list>'


def note(mark: str, text: str) -> str:
    """A footnote, to be put inside a paragraph."""
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{mark}</text:note-citation>'
        f"<text:note-body>{p(text, 'Margin')}</text:note-body></text:note>"
    )


def box(text: str) -> str:
    """A text box anchored in its paragraph."""
    return (
        '<draw:frame draw:style-name="Frame" text:anchor-type="paragraph" svg:width="9cm">'
        f'<draw:text-box fo:min-height="1cm">{p(text, "Cell")}</draw:text-box></draw:frame>'
    )
