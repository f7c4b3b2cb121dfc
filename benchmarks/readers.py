"""How true each reader is, how long it takes and how much memory, format by format.

    python benchmarks/readers.py

Reads ../shared/formats where it stands beside the checkout, the same saved anew by LibreOffice, then our own
texts in the layouts of `offices` by LibreOffice, Chromium and pandoc where those are installed, then files of
some 300 pages. CER: edit distance by the differences of
difflib, over the length without white space. Whole: share of the paragraphs that come back as one line.
"""

import difflib
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import offices
from speeches.readers import check, sandbox, txt
from speeches.readers.names import WRITERS
from tests.speeches.making import docx, p
from tests.speeches.readers2 import making

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ROOT.parent / "shared" / "formats"
TRUTHS = {"hard": "hard_ref.txt", "speech_gb18030": "ref_gb18030.txt", "speech_big5": "ref_big5.txt"}
REFUSED = "scan_notext.pdf"
OFFICE = ("doc", "odt", "rtf", "pdf", "html", "docx")
TOO_LONG = 60_000  # characters; difflib would take hours


def solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def error_rate(read: str, truth: str) -> float:
    """Per cent; nan for a long text that is not read as it stands."""
    if read == truth:
        return 0.0
    if len(truth) > TOO_LONG:
        return math.nan
    steps = difflib.SequenceMatcher(None, truth, read, autojunk=False).get_opcodes()
    wrong = sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")
    return 100 * wrong / len(truth)


def measured(content: bytes) -> tuple[list[str], float, float]:
    """The paragraphs, the seconds until they are there and the megabytes of the child; txt needs no child."""
    kind = check(content)
    begun = time.perf_counter()
    if kind == "txt":
        return list(txt.read(content).paragraphs), time.perf_counter() - begun, 0.0
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        words = [*sandbox.command(kind), *([folder] if kind in WRITERS else [])]
        # Its progress goes nowhere: the child may not write to a file, and a terminal is not to be filled.
        child = subprocess.Popen(
            words, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        assert child.stdout is not None
        answer = json.loads(child.stdout.read())
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    took = time.perf_counter() - begun
    return answer.get("paragraphs", [answer.get("refused")]), took, usage.ru_maxrss / 1024


def row(label: str, path: Path, truth: str) -> None:
    """One line of the table."""
    paragraphs, seconds, memory = measured(path.read_bytes())
    lines = [solid(line) for line in paragraphs if line.strip()]
    wanted = [solid(line) for line in truth.split("\n") if line.strip()]
    whole = 100 * sum(line in lines for line in wanted) / len(wanted)
    rate = error_rate("".join(lines), "".join(wanted))
    print(f"{label:34}{rate:7.2f} %{whole:7.1f} %{seconds * 1000:8.0f} ms{memory:7.0f} MB", flush=True)


def samples(_: Path) -> Iterator[tuple[str, Path, str]]:
    for path in sorted(FORMATS.iterdir()):
        if not path.stem.startswith(("ref", "hard_ref", "README")) and path.name != REFUSED:
            name = TRUTHS.get(path.stem, "ref.txt")
            yield path.name, path, (FORMATS / name).read_text("utf-8")


def resaved(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """What LibreOffice makes of the samples."""
    for stem in ("speech", "hard"):
        truth = (FORMATS / TRUTHS.get(stem, "ref.txt")).read_text("utf-8")
        for suffix in OFFICE:
            # Not hard.docx: LibreOffice writes its content control many times over.
            source = FORMATS / ("speech.docx" if stem == "speech" and suffix != "docx" else f"{stem}.doc")
            offices.quiet("soffice", "--headless", "--convert-to", suffix, "--outdir", folder, source)
            yield f"LibreOffice {stem}.{suffix}", folder / f"{stem}.{suffix}", truth


def elsewhere(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Our own texts in the layouts of offices, by whichever programs are installed."""
    made = {"soffice": offices.by_office, "chromium": offices.by_chromium, "pandoc": offices.by_pandoc}
    for tool, make in made.items():
        if shutil.which(tool) is None:
            print(f"{tool} is not installed")
            continue
        for label, path, lines in make(folder):
            yield label, path, "\n".join(lines)


def long_files(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Some 300 pages in each of the formats that can be that long."""
    kept = making.SPEECH * 507
    pages = making.set_lines(kept)
    text = "\n".join(kept)
    files = {
        "pdf": making.pdf(pages),
        "docx": docx("".join(map(p, kept))),
        "odt": making.odt("".join(f"<text:p>{line}</text:p>" for line in kept)),
        "rtf": making.rtf("\\par ".join(kept)),
        "html": making.page("".join(f"<p>{line}</p>" for line in kept)).encode(),
        "txt": text.encode("gb18030"),
    }
    for suffix, content in files.items():
        path = folder / f"long.{suffix}"
        path.write_bytes(content)
        yield f"own {suffix} of {len(pages)} pages", path, text


def main() -> None:
    print(f"{'file':34}{'CER':>9}{'whole':>9}{'time':>11}{'child':>10}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for make in [samples, resaved] if FORMATS.is_dir() else []:
            for label, path, truth in make(folder):
                if path.exists():
                    row(label, path, truth)
        for make in (elsewhere, long_files):
            for label, path, truth in make(folder):
                row(label, path, truth)


if __name__ == "__main__":
    main()
