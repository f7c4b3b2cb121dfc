"""Word files: the text as Word shows it, whole and once."""

import io

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from speeches.readers import read_bytes
from speeches.readers.numbering import shaped
from tests.speeches.making import (
    RELATIONS,
    STRICT,
    docx,
    numbered,
    numbering_list,
    p,
    packed,
    r,
    scheme,
    wrapped,
)

OUTLINE = scheme(
    1,
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


def lines(body: str, **parts: str) -> list[str]:
    return list(read_bytes(docx(body, **parts), "a.docx").paragraphs)


def test_a_document_made_by_a_library_is_read_whole() -> None:
    document = python_docx.Document()
    document.add_heading("在云溪市防汛会议上的讲话", 0)
    document.add_paragraph("同志们：")
    paragraph = document.add_paragraph("市水利局要")
    paragraph.add_run("8月底前").bold = True
    paragraph.add_run("完成堤防检查。")
    table = document.add_table(2, 3)
    for row, words in zip(table.rows, (("序号", "事项", "单位"), ("1", "清淤", "市水利局")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    holder = io.BytesIO()
    document.save(holder)
    assert read_bytes(holder.getvalue(), "a.docx").paragraphs == (
        "在云溪市防汛会议上的讲话",
        "同志们：",
        "市水利局要8月底前完成堤防检查。",
        "序号 事项 单位",
        "1 清淤 市水利局",
    )


def test_a_list_of_the_library_keeps_its_numbers() -> None:
    document = python_docx.Document()
    for words in ("抓项目", "抓安全"):
        document.add_paragraph(words, style="List Number")
    assert document.styles["List Number"].element.find(qn("w:pPr")) is not None
    holder = io.BytesIO()
    document.save(holder)
    assert read_bytes(holder.getvalue(), "a.docx").paragraphs == ("1.抓项目", "2.抓安全")


def test_automatic_numbers_become_text_and_restart_below_a_new_heading() -> None:
    levels = (
        ("抓开工", 0),
        ("快批", 1),
        ("用地", 2),
        ("环评", 2),
        ("快建", 1),
        ("抓安全", 0),
        ("排查", 1),
        ("整改", 1),
    )
    body = "".join(p(words, numbered(7, level)) for words, level in levels)
    assert lines(body, numbering=OUTLINE + numbering_list(7, 1)) == [
        "一、抓开工",
        "（一）快批",
        "1.用地",
        "2.环评",
        "（二）快建",
        "二、抓安全",
        "（一）排查",
        "（二）整改",
    ]


def test_two_lists_of_one_scheme_count_on_unless_told_to_restart() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = OUTLINE + numbering_list(1, 1) + numbering_list(2, 1) + numbering_list(3, 1, restart)
    body = "".join(
        p(words, numbered(number, 0)) for words, number in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3))
    )
    assert lines(body, numbering=numbering) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbers_come_from_the_style_and_from_what_it_is_based_on() -> None:
    styles = (
        f'<w:style w:styleId="H1"><w:pPr>{numbered(1, 0)}</w:pPr></w:style>'
        '<w:style w:styleId="My"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = "".join(p(f"第{style}", f'<w:pStyle w:val="{style}"/>') for style in ("H1", "My", "Loop"))
    got = lines(body, numbering=OUTLINE + numbering_list(1, 1), styles=styles)
    assert got == ["一、第H1", "二、第My", "第Loop"]


def test_the_level_may_name_its_style_instead_of_the_style_its_level() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:pStyle w:val="{style}"/><w:lvlText w:val="{label}"/></w:lvl>'
        for depth, (style, label) in enumerate((("1", "%1、"), ("2", "（%2）")))
    )
    scheme_ = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>' + numbering_list(1, 1)
    numbers = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(f'<w:style w:styleId="{style}">{numbers}</w:style>' for style in "12")
    styles += '<w:style w:styleId="3"><w:basedOn w:val="2"/></w:style>'
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>') for text, style in zip("甲乙丙丁", "1231", strict=True)
    )
    assert lines(body, numbering=scheme_, styles=styles) == ["一、甲", "（一）乙", "（二）丙", "二、丁"]


def test_a_paragraph_can_switch_the_numbers_of_its_style_off() -> None:
    styles = f'<w:style w:styleId="H1"><w:pPr>{numbered(1, 0)}</w:pPr></w:style>'
    body = p("说明", '<w:pStyle w:val="H1"/>' + numbered(0, 0))
    assert lines(body, numbering=OUTLINE + numbering_list(1, 1), styles=styles) == ["说明"]


def test_bullets_leave_no_strange_signs() -> None:
    numbering = scheme(1, ("bullet", "\uf06c")) + numbering_list(1, 1)
    assert lines(p("一项工作", numbered(1, 0)), numbering=numbering) == ["一项工作"]


def test_a_numbered_empty_paragraph_counts_as_word_counts_it() -> None:
    body = p("甲", numbered(1, 0)) + p("", numbered(1, 0)) + p("丙", numbered(1, 0))
    got = lines(body, numbering=OUTLINE + numbering_list(1, 1))
    assert [got[0], got[-1]] == ["一、甲", "三、丙"]


@pytest.mark.parametrize(
    ("number", "shape", "word"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "taiwaneseCountingThousand", "二十"),
        (35, "chineseCounting", "三十五"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "chineseLegalSimplified", "拾贰"),
        (2, "ideographTraditional", "乙"),
        (1, "ideographZodiac", "子"),
        (5, "decimalEnclosedCircle", "⑤"),
        (7, "decimalZero", "07"),
        (28, "upperLetter", "BB"),
        (3, "lowerLetter", "c"),
        (9, "lowerRoman", "ix"),
        (14, "upperRoman", "XIV"),
        (4, "hebrew1", "4"),
        (4, "none", ""),
    ],
)
def test_every_shape_of_number(number: int, shape: str, word: str) -> None:
    assert shaped(number, shape) == word


def test_tracked_insertions_stay_deletions_go_and_the_clerk_is_told() -> None:
    body = (
        f"<w:p>{r('市财政局')}<w:ins>{r('要月底前')}</w:ins><w:del><w:r><w:delText>要尽快</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('旧位置')}</w:moveFrom><w:moveTo>{r('落实')}</w:moveTo>{r('资金。')}</w:p>"
    )
    read = read_bytes(docx(body), "a.docx")
    assert read.paragraphs == ("市财政局要月底前落实资金。",)
    assert any("修订" in line for line in read.warnings)


def test_a_paragraph_whose_mark_was_deleted_runs_into_the_next() -> None:
    deleted_mark = "<w:rPr><w:del/></w:rPr>"
    assert lines(p("各镇办要", deleted_mark) + p("抓好落实。")) == ["各镇办要抓好落实。"]
    assert lines(p("最后一段", deleted_mark)) == ["最后一段"]


def test_a_deleted_row_of_a_table_goes() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(word)}</w:tc><w:tc>{p('单位')}</w:tc></w:tr>"
        for mark, word in (("", "甲"), ("<w:del/>", "乙"))
    )
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["甲 单位"]


def test_hidden_text_is_left_out_and_told() -> None:
    shown = r("再公开。", '<w:vanish w:val="0"/>')
    read = read_bytes(docx(f"<w:p>{r('公开。')}{r('内部', '<w:vanish/>')}{shown}</w:p>"), "a.docx")
    assert read.paragraphs == ("公开。再公开。",)
    assert any("隐藏" in line for line in read.warnings)


def test_links_fields_and_form_fields_give_their_shown_words() -> None:
    field = '<w:r><w:instrText>HYPERLINK "http://a"</w:instrText></w:r>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件里的字')}</w:sdtContent></w:sdt>"
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt>"
    )
    assert lines(f"<w:p><w:hyperlink>{r('链接')}</w:hyperlink>{field}{control}{prompt}</w:p>") == [
        "链接控件里的字"
    ]


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{p('框里的要求')}</w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert lines(f"<w:p>{r('正文')}<w:r>{both}</w:r></w:p>") == ["正文", "框里的要求"]


def test_a_line_broken_by_hand_goes_on_inside_a_sentence_and_parts_behind_one() -> None:
    body = f"<w:p>{r('在云溪市大会')}<w:r><w:br/></w:r>{r('上的讲话。')}<w:r><w:br/></w:r>{r('第二段')}</w:p>"
    assert lines(body) == ["在云溪市大会上的讲话。", "第二段"]


def test_a_table_that_only_lays_out_the_page_gives_paragraphs() -> None:
    cell = p("同志们：") + p(
        "今天的会议开得很好，大家回去以后要把会议精神原原本本带回去，一件一件抓好落实，月底前报结果。"
    )
    assert len(lines(f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")) == 2


def test_a_table_in_a_cell_is_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('内')}</w:tc><w:tc>{p('层')}</w:tc></w:tr></w:tbl>"
    assert lines(f"<w:tbl><w:tr><w:tc>{p('外')}</w:tc><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>") == [
        "外 内 层"
    ]


def test_pinyin_above_the_characters_is_left_out() -> None:
    ruby = f"<w:ruby><w:rt>{r('luò')}</w:rt><w:rubyBase>{r('落')}</w:rubyBase></w:ruby>"
    assert lines(f"<w:p><w:r>{ruby}</w:r>{r('实')}</w:p>") == ["落实"]


def test_the_strict_namespace_reads_the_same() -> None:
    content = docx(p("甲", numbered(1, 0)), namespace=STRICT, numbering=OUTLINE + numbering_list(1, 1))
    assert read_bytes(content, "a.docx").paragraphs == ("一、甲",)


def test_a_broken_list_definition_does_not_stop_the_reading() -> None:
    odd = '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="x"/></w:abstractNum><w:num w:numId="1"/>'
    assert lines(p("甲", numbered(1, 0)) + p("乙", numbered(9, 99)), numbering=odd) == ["甲", "乙"]


def test_macros_and_embedded_files_are_named() -> None:
    content = docx(p("好"), vbaProject="").replace(b"word/vbaProject.xml", b"word/vbaProject.bin")
    assert any("宏" in line for line in read_bytes(content, "a.docx").warnings)


@pytest.mark.parametrize(
    "field",
    [
        '<w:r><w:instrText> DDEAUTO c:\\a "/k calc" </w:instrText></w:r>',
        '<w:fldSimple w:instr="INCLUDETEXT /etc/hostname"/>',
    ],
)
def test_a_field_that_asks_another_program_is_not_followed_and_named(field: str) -> None:
    found = read_bytes(docx(f"<w:p>{r('抓好落实。')}{field}</w:p>"), "a.docx")
    assert found.paragraphs == ("抓好落实。",)
    assert any("DDE" in warning for warning in found.warnings)


def test_a_template_from_elsewhere_is_not_fetched_and_named() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = f'<Relationship Id="r1" Type="{kind}" Target="http://a.invalid/t.dotm" TargetMode="External"/>'
    content = packed(
        {
            "_rels/.rels": RELATIONS,
            "word/document.xml": wrapped(p("抓好落实。")),
            "word/_rels/settings.xml.rels": f"<Relationships>{relation}</Relationships>",
        }
    )
    assert any("外部模板" in warning for warning in read_bytes(content, "a.docx").warnings)
