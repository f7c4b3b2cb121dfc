"""The worst 100 kB for the cleaner and the readers of marked text, in a child within a generous bound."""

import subprocess
import sys

PIECES = (
    "局", "第1\n", "各镇办要认真抓好落实工作\n", "(a", "（", "“", "<p ", "<!--", "<b>", "&", "&#",
    "\n", " ", " x", "\u3000", "\u3000\u3000。", "— ", "— 1 —\n", "来源：\n", "首页 >", "首页\n",
    "\\n", "a:b\n", "2026-1-1 ", "[", "{\\", "（省略1字）", "（未完待续，", "【编辑：", "责编：甲 ",
    "市长在会上的讲话\n", "市长在会上的讲话\n同志们：\n", " 上一篇：", "上一篇：x\n", "同志们：\n",
    "。", "甲云溪秘网 http://\n", "· x\n", "相关推荐\n", "標(biāo)", "們這", "? ", "锟斤拷",
    "一 二 三 四 五 六 ", "{};\n", "$(", "\x0b", "page 1 ",
)  # fmt: skip
CHARACTERS = 33_000
CODE = f"""
from speeches.parser import clean, parts_of, read_header
from speeches.readers import eml, html, mht, rtf
from speeches.readers.types import ReadRefused
MAIL = b'From: a\\nTo: b\\nSubject: '
PAGE = (b'From: <Saved by Blink>\\nMIME-Version: 1.0\\nContent-Type: multipart/related; boundary="b"\\n\\n'
        b'--b\\nContent-Type: text/html\\n\\n')
for piece in {PIECES!r}:
    text = piece * ({CHARACTERS} // len(piece))
    clean(text), parts_of(text), read_header(text)
    packed = text.encode()
    for read, head in ((html.read, b'<html><p>'), (rtf.read, b'{{\\\\rtf1 '), (mht.read, PAGE),
                       (lambda content: eml.read(content, {{}}), MAIL)):
        try:
            read(head + packed)
        except ReadRefused:
            pass
print("done")
"""


def test_nothing_runs_away_on_its_worst_input() -> None:
    # About 20 s on a busy core; a step that compares each line with each takes an hour.
    ended = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.stdout.strip() == "done", ended.stderr[-500:]
