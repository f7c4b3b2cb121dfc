"""The same speech gives the same drafts, whatever kind of file it comes in."""

from pathlib import Path

import pytest

from accounts.models import Department
from speeches import intake, parsing
from speeches.models import Speech
from tests.factories import at
from tests.people import Cast
from tests.speeches.readers2 import making
from tests.speeches.texts import SPEECH

LINES = [line.strip() for line in SPEECH.split("\n") if line.strip()]
PAGE = making.page("".join(f"<p>{line}</p>" for line in LINES))
FILES = {
    "讲话.pdf": making.pdf(making.set_lines(LINES)),
    "讲话.rtf": making.rtf("\\par ".join(LINES)),
    "讲话.odt": making.odt("".join(f"<text:p>{line}</text:p>" for line in LINES)),
    "讲话.html": PAGE.encode(),
    "讲话.mht": making.mht(PAGE),
    "讲话.eml": making.mail("见附件", ("讲话.txt", "\n".join(LINES).encode())),
}


def parsed(name: str, content: bytes, people: Cast) -> Speech:
    speech, _ = intake.accept(file_name=name, content=content, by=people.supervisor, at=at("2026-07-08"))
    return parsing.parse(speech.pk, at=at("2026-07-08"))


@pytest.mark.parametrize("name", FILES)
def test_the_drafts_are_those_of_the_plain_text(
    name: str, people: Cast, office: dict[str, Department]
) -> None:
    plain = parsed("讲话.txt", "\n".join(LINES).encode(), people)
    speech = parsed(name, FILES[name], people)
    assert speech.status == Speech.Status.PARSED, speech.error
    assert speech.text == plain.text
    quotes = [draft.quote for draft in speech.directives.order_by("start")]
    assert quotes == [draft.quote for draft in plain.directives.order_by("start")]
    assert quotes


def test_a_scan_fails_with_the_reason_and_keeps_the_original(people: Cast) -> None:
    content = making.pdf([[]])
    speech = parsed("扫描.pdf", content, people)
    assert speech.status == Speech.Status.FAILED
    assert "扫描件没有文字层" in speech.error
    assert Path(speech.file.path).read_bytes() == content
