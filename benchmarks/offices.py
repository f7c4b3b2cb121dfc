"""Documents as offices set them: our own texts, saved or printed by programs that are not ours.

Each maker writes into a folder and yields what it is, the file, and the paragraphs that stand in it.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import flat

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "parser" / "texts"
Made = tuple[str, Path, Sequence[str]]
_MARKS = re.compile(r"【|】\{[^}]*\}|】|\{[^}]*\}")  # of the duties marked in them
SAVED_AS = ("pdf", "docx", "doc", "rtf", "odt", "html")
HEAD = "云溪市人民政府办公室文件"
_DUTIES = (
    ("重点项目", "发改"), ("安全隐患", "应急"), ("欠薪线索", "人社"), ("防汛物资", "水利"),
    ("危旧房屋", "住建"), ("燃气管网", "城管"), ("学校食堂", "教育"),
)  # fmt: skip


def speech(*names: str) -> list[str]:
    """The paragraphs of our own texts without their marks, one after the other."""
    lines = [line for name in names for line in (TEXTS / f"{name}.txt").read_text("utf-8").split("\n")]
    return [kept for line in lines if (kept := _MARKS.sub("", line).strip())]


LONG = speech("province_speech", "education_speech", "university_speech", "county_speech", "town_fire_notice")
SHORT = speech("county_minutes", "business_climate_speech")
ROWS = [
    ["序号", "工作任务", "责任单位", "完成时限"],
    *(
        [
            str(number + 1),
            f"建立{topic}台账，逐项明确责任人和完成时间，每周调度一次，月底前报送进展情况",
            f"市{office}局",
            f"{number % 12 + 1}月底前",
        ]
        for number, (topic, office) in enumerate(_DUTIES * 4)
    ),
]
ROW_LINES = [" ".join(row) for row in ROWS]
PARTS = [
    (
        f"狠抓{topic}工作",
        [(f"强化{word}保障", [f"市{office}局要在{n}月底前把{topic}台账报市政府督查室" for n in (7, 8)])
         for word in ("要素", "组织")],
    )
    for topic, office in _DUTIES[:4]
]  # fmt: skip


def outline_lines() -> Iterator[str]:
    """`PARTS` with the numbers a program prints."""
    for first, (heading, sections) in enumerate(PARTS):
        yield f"{'一二三四'[first]}、{heading}"
        for second, (below, steps) in enumerate(sections):
            yield f"（{'一二'[second]}）{below}"
            yield from (f"{number}.{step}" for number, step in enumerate(steps, 1))


def quiet(*words: str | Path) -> None:
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=240)


def layouts() -> dict[str, tuple[str, Sequence[str]]]:
    """Flat documents by name, each with its paragraphs."""
    note = flat.p(SHORT[0], "Title") + flat.p(SHORT[1], inside=flat.note("1", "数据来自云溪市统计公报。"))
    boxed = flat.running(SHORT[:3]) + flat.p(SHORT[3], inside=flat.box("督办热线：每周一报送进展情况。"))
    spaced = 'fo:margin-bottom="8pt" fo:line-height="150%"'
    page, pages = flat.PAGE, flat.PAGES
    return {
        "official": (flat.document(flat.running(LONG), foot=f"— {page} —"), LONG),
        "report": (
            flat.document(
                flat.running(LONG), size=12, running=spaced, head=HEAD, foot=f"第 {page} 页 共 {pages} 页"
            ),
            LONG,
        ),
        "columns": (flat.document(flat.running(LONG), size=11, columns=2, head=HEAD, foot=page), LONG),
        "table": (
            flat.document(flat.running(SHORT) + flat.table(ROWS) + flat.p("以上事项请抓好落实。"), foot=page),
            [*SHORT, *ROW_LINES, "以上事项请抓好落实。"],
        ),
        "outline": (
            flat.document(flat.p(LONG[0], "Title") + flat.outline(PARTS), foot=page),
            [LONG[0], *outline_lines()],
        ),
        "notes": (flat.document(note + "".join(map(flat.p, SHORT[2:])), foot=page), SHORT),
        "box": (
            flat.document(boxed + "".join(map(flat.p, SHORT[4:]))),
            [*SHORT[:4], "督办热线：每周一报送进展情况。", *SHORT[4:]],
        ),
    }


def by_office(folder: Path) -> Iterator[Made]:
    """What LibreOffice makes of each layout."""
    made = layouts()
    for name, (source, _) in made.items():
        (folder / f"{name}.fodt").write_text(source, "utf-8")
    for suffix in SAVED_AS:
        sources = [folder / f"{name}.fodt" for name in made]
        quiet("soffice", "--headless", "--convert-to", suffix, "--outdir", folder, *sources)
    for name, (_, lines) in made.items():
        for suffix in SAVED_AS:
            yield f"LibreOffice {name}.{suffix}", folder / f"{name}.{suffix}", lines


def paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def portal(lines: Sequence[str]) -> str:
    """An article within the page of an office's site."""
    links = "".join(f"<li><a href=/{n}>云溪市召开第{n}次工作推进会</a></li>" for n in range(8))
    return (
        "<div id=top><a href=/>首页</a> | <a href=/zwgk>政务公开</a> | <a href=/hd>政民互动</a></div>"
        "<div class=bread>您当前所在位置：<a href=/>首页</a> &gt; <a href=/ld>领导讲话</a> &gt; 正文</div>"
        f"<h1>{lines[0]}</h1>"
        "<div class=meta>发布时间：2026-07-08 09:30　来源：云溪市政府办　浏览次数：120</div>"
        f"<div class=TRS_Editor>{paragraphs(lines[1:])}</div><div class=tool>【<a href=#>打印本页</a>】"
        f"【<a href=#>关闭窗口</a>】</div><div class=rel><h3>相关链接</h3><ul>{links}</ul></div>"
        "<div id=foot>主办：云溪市人民政府办公室　云ICP备00000000号　网站标识码0000000000</div>"
    )


def html_table(rows: Sequence[Sequence[str]]) -> str:
    inside = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{inside}</table>"


def pages() -> dict[str, tuple[str, str, Sequence[str]]]:
    """Web pages by name: the style, the body, the paragraphs."""
    indent = "body{font-size:16pt}p{text-indent:2em;margin:0;text-align:justify}"
    lists = "".join(f"<li>{line}</li>" for line in SHORT)
    return {
        "indented": ("body{font-size:16pt}p{text-indent:2em;margin:0}", paragraphs(LONG), LONG),
        "spaced": ("body{font-size:16pt}p{margin:0 0 1em}", paragraphs(LONG), LONG),
        "justified": (indent, paragraphs(LONG), LONG),
        "columns": (
            "body{font-size:11pt;columns:2;column-gap:8mm}p{text-indent:2em;margin:0;text-align:justify}",
            paragraphs(LONG), LONG,
        ),
        "fixed head": (
            f"{indent}header{{position:fixed;top:0;font-size:9pt}}body{{padding-top:12mm}}",
            f"<header>{HEAD}</header>{paragraphs(LONG)}", LONG,
        ),
        "table": (
            f"{indent}table{{border-collapse:collapse;font-size:12pt}}td{{border:1px solid #000}}",
            paragraphs(SHORT) + html_table(ROWS), [*SHORT, *ROW_LINES],
        ),
        "plain table": (
            f"{indent}td{{padding:2mm 4mm}}table{{font-size:12pt}}",
            paragraphs(SHORT) + html_table(ROWS), [*SHORT, *ROW_LINES],
        ),
        "list": (
            "body{font-size:14pt}", f"<ol>{lists}</ol>",
            [f"{number}.{line}" for number, line in enumerate(SHORT, 1)],
        ),
        "portal": ("body{font-size:14pt}.TRS_Editor p{text-indent:2em}", portal(LONG), LONG),
    }  # fmt: skip


def by_chromium(folder: Path) -> Iterator[Made]:
    """Each page as such, and printed to PDF."""
    folder = folder / "pages"
    folder.mkdir(exist_ok=True)
    for name, (style, body, lines) in pages().items():
        source, target = folder / f"{name}.html", folder / f"{name} printed.pdf"
        source.write_text(
            f"<!doctype html><html><head><meta charset=utf-8><title>{lines[0]}</title>"
            f"<style>{style}</style></head>"
            f"<body>{body}</body></html>",
            "utf-8",
        )
        quiet("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", source)
        yield f"page {name}.html", source, lines
        yield f"Chromium {name}.pdf", target, lines


def by_pandoc(folder: Path) -> Iterator[Made]:
    source = folder / "pandoc.html"
    source.write_text(f"<html><body>{paragraphs(LONG)}{html_table(ROWS)}</body></html>", "utf-8")
    for suffix in ("docx", "odt", "rtf"):
        target = folder / f"pandoc.{suffix}"
        quiet("pandoc", "--standalone", source, "--output", target)
        yield f"pandoc pandoc.{suffix}", target, [*LONG, *ROW_LINES]
