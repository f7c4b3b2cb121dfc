"""Files of page, mail and text formats made by hand, part by part: a test can put anything into them."""

from collections.abc import Sequence
from email.message import EmailMessage

from tests.speeches.making import packed

A4 = (595, 842)
Stroke = tuple[float, float, float, str]  # x, y from the bottom, size, text
SPEECH = (
    "在全市重点工作调度会上的讲话",
    "同志们：",
    "今天召开这次会议，主要任务是听取上半年重点工作进展情况，研究解决当前存在的困难和问题，"
    "对下半年的工作再动员、再部署、再推进，确保完成全年的目标任务。下面，我讲三点意见。",
    "一、抓项目，增后劲",
    "市发改委要建立“三保”项目清单，7月底前报市政府督查室；市财政局要落实配套资金2.5亿元，"
    "及时足额拨付到位，不得截留挪用，确保项目顺利推进，早日建成见效。",
    "二、守底线，保平安",
    "市应急局要牵头开展安全生产大检查，9月15日前完成整改，每月25日前报送进展情况。",
)


def pdf(pages: Sequence[Sequence[Stroke]], *, extra: str = "", catalog: str = "", rotate: int = 0) -> bytes:
    """A PDF in a Chinese font that is named, not embedded; `extra` goes into the content of each page."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 800/StemV 80>>",
    ]
    kids = []
    for strokes in pages:
        content = extra + "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in strokes
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {A4[0]} {A4[1]}]/Rotate {rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return pdf_of(objects)


def pdf_of(objects: Sequence[str], *, trailer: str = "") -> bytes:
    """A PDF of the given objects, numbered from 1."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R"
    return bytes(out) + f"{end}{trailer}>>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def set_lines(
    paragraphs: Sequence[str], *, columns: int = 28, size: float = 16, top: float = 740, rows: int = 22
) -> list[list[Stroke]]:
    """Pages of a fixed pitch with the first lines indented by two, as official documents are printed."""
    lines: list[tuple[float, str]] = []
    for text in paragraphs:
        indent = 2
        while text:
            room = columns - indent
            lines.append((80 + indent * size, text[:room]))
            text, indent = text[room:], 0
    return [
        [(x, top - 28 * row, size, text) for row, (x, text) in enumerate(lines[start : start + rows])]
        for start in range(0, len(lines), rows)
    ]


def ofd(pages: Sequence[Sequence[Stroke]], *, head: str = "", **parts: str) -> bytes:
    """An OFD in millimetres; y is measured from the top. `parts` replaces or adds parts by a short name."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    made = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>"
    }
    listed = ""
    for number, strokes in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{index}" Boundary="{x} {y - size} {size * len(text)} {size}" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text)} {size}">{text}</ofd:TextCode>'
            "</ofd:TextObject>"
            for index, (x, y, size, text) in enumerate(strokes)
        )
        made[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"{head}<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
        listed += f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    made["Doc_0/Document.xml"] = (
        f"<ofd:Document {space}><ofd:CommonData>{box}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    return packed(made | {name.replace("__", "/") + ".xml": text for name, text in parts.items()})


def odt(body: str, *, styles: str = "", head: str = "", **parts: str) -> bytes:
    """An .odt whose text is the given XML; `styles` are automatic styles."""
    names = "office text table style draw fo"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names.split(" ")
    )
    content = (
        f"<?xml version='1.0'?>{head}<office:document-content {spaces}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.text"}
    return packed(
        {**mimetype, "content.xml": content} | {f"META-INF/{key}.xml": text for key, text in parts.items()}
    )


def rtf(body: str) -> bytes:
    """An RTF in code page 936, with Chinese written as Word writes it."""
    written = "".join(
        char if char.isascii() else "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030"))
        for char in body
    )
    return (
        "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}{\\f1\\fcharset0 Times;}}"
        f"\\f0 {written}}}"
    ).encode("ascii")


def page(article: str, *, head: str = "<meta charset=utf-8>") -> str:
    """An article within the frame of an office's site."""
    return (
        f"<!DOCTYPE html><html><head>{head}<title>全市调度会讲话_云溪市政府网</title>"
        "<style>p{}</style></head><body>"
        "<ul><li><a href=/>首页</a><li><a href=/a>政务公开</a><li><a href=/b>政民互动</a></ul>"
        f'<div class="main"><div class="text">{article}</div></div>'
        "<div><a href=/1>上一条</a> <a href=/2>下一条</a></div>"
        "<div id=foot>主办：云溪市政府办公室</div></body></html>"
    )


def mail(letter: str, *files: tuple[str, bytes], subtype: str = "plain") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "a@example.invalid",
        "b@example.invalid",
        "报送讲话稿",
    )
    message.set_content(letter, subtype=subtype)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mht(page: str, *, charset: str = "utf-8") -> bytes:
    content = page.encode(charset).hex(" ").upper().split(" ")
    body = "=\r\n".join(
        "".join(f"={byte}" for byte in content[at : at + 20]) for at in range(0, len(content), 20)
    )
    return (
        "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        f"------b\r\nContent-Type: text/html; charset={charset}\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"{body}\r\n------b\r\nContent-Type: text/css\r\n\r\np{{}}\r\n------b--\r\n"
    ).encode("ascii")
