"""The parsing of one speech: claim the row, read, clean, parse, store; any step may fail and be retried."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from speeches import context, originals, parser, proposals, twins
from speeches.models import Speech
from speeches.parser.types import Header, Parsed
from speeches.places import placed
from speeches.readers import ReadRefused, read_bytes
from tasks.models import Task

LEASE = timedelta(minutes=11)  # longer than the time limit of a job
MAX_ATTEMPTS = 5
STAGES = {"读取文件": 10, "整理正文": 40, "识别要求": 60, "保存草稿": 90}
KINDS = (
    ("纪要", Task.Source.MEETING),
    ("批示", Task.Source.INSTRUCTION),
    ("通知", Task.Source.DOCUMENT),
    ("意见", Task.Source.DOCUMENT),
    ("方案", Task.Source.DOCUMENT),
    ("通报", Task.Source.DOCUMENT),
)
_INTERNAL = "解析程序出了内部错误，原文件已保存完好。请点“重新解析”；如仍失败，请把文件名告诉系统管理员。"
_WORN_OUT = "解析多次中断，已停止自动重试。请点“重新解析”；如仍失败，请改用粘贴全文的方式导入。"

logger = logging.getLogger(__name__)


def parse(pk: int, *, at: datetime) -> Speech:
    """Parse the speech unless it is parsed by this version or in another worker's hands. Safe to run twice.

    A failure ends in the row, with its reason in Chinese, never in an exception.
    """
    speech, attempt = _claim(pk, at)
    if attempt is None:
        return speech
    try:
        _work(speech, attempt, at)
    except ReadRefused as refused:
        _fail(pk, attempt, refused.message)
    except Exception:
        logger.exception("speech %s could not be parsed", pk)
        _fail(pk, attempt, _INTERNAL)
    speech.refresh_from_db()
    return speech


@transaction.atomic
def _claim(pk: int, at: datetime) -> tuple[Speech, int | None]:
    """The row and the number of this attempt, which is the token of the claim; None: nothing to do."""
    speech = Speech.objects.select_for_update().get(pk=pk)
    is_held = speech.status == Speech.Status.PARSING and (speech.lease_until or at) > at
    is_current = speech.status == Speech.Status.PARSED and speech.parser_version == parser.VERSION
    if is_held or is_current or speech.status == Speech.Status.FAILED:
        return speech, None
    if speech.attempts >= MAX_ATTEMPTS:
        speech.status, speech.error = Speech.Status.FAILED, _WORN_OUT
        speech.save(update_fields=["status", "error"])
        return speech, None
    speech.status, speech.error, speech.attempts = Speech.Status.PARSING, "", speech.attempts + 1
    speech.stage, speech.percent, speech.lease_until = "等待", 0, at + LEASE
    speech.save(update_fields=["status", "error", "attempts", "stage", "percent", "lease_until"])
    return speech, speech.attempts


def _work(speech: Speech, attempt: int, at: datetime) -> None:
    _step(speech.pk, attempt, "读取文件")
    read = read_bytes(originals.content(speech), speech.file_name)
    _step(speech.pk, attempt, "整理正文")
    cleaned = parser.clean(read.text)
    if not cleaned.text:
        raise ReadRefused("文件里除了网页的导航、广告等内容外没有正文。请确认选对了文件，或直接粘贴全文。")
    _step(speech.pk, attempt, "识别要求")
    header = parser.read_header(cleaned.text)
    office = context.office()
    found = parser.parse(cleaned.text, office.context(speech.spoken_on or header.spoken_on))
    _step(speech.pk, attempt, "保存草稿")
    speech.raw_text, speech.text = read.text, cleaned.text
    speech.places = placed(read, cleaned)
    speech.removed = [{"line": r.line, "start": r.start, "reason": r.reason} for r in cleaned.removed]
    speech.warnings = [*read.warnings, *cleaned.warnings]
    _store(speech, attempt, found, header, office, at)
    twins.seek(speech.directives.all(), at=at)


def _step(pk: int, attempt: int, stage: str) -> None:
    Speech.objects.filter(pk=pk, attempts=attempt).update(stage=stage, percent=STAGES[stage])


@transaction.atomic
def _store(
    speech: Speech,
    attempt: int,
    found: Parsed,
    header: Header,
    office: context.Office,
    at: datetime,
) -> None:
    """Text, outline, head and drafts at once, unless another worker has taken over in between."""
    current = Speech.objects.select_for_update().get(pk=speech.pk)
    if current.attempts != attempt or current.status != Speech.Status.PARSING:
        return
    current.raw_text, current.text = speech.raw_text, speech.text
    current.removed, current.warnings = speech.removed, speech.warnings
    current.places = speech.places
    current.outline = [
        {"start": s.span.start, "end": s.span.end, "title": s.title, "depth": s.depth} for s in found.sections
    ]
    _take_head(current, header)
    current.status, current.stage, current.percent = Speech.Status.PARSED, "完成", 100
    current.lease_until, current.attempts, current.error = None, 0, ""
    current.parser_version, current.parsed_at = parser.VERSION, at
    current.save()
    proposals.renew(current, found.directives, office)


def _take_head(speech: Speech, header: Header) -> None:
    """What the head says, where nobody has said otherwise."""
    if speech.parsed_at is None and speech.kind == Task.Source.SPEECH:
        speech.kind = next((kind for word, kind in KINDS if word in header.title[-8:]), speech.kind)
    speech.title = speech.title or header.title[:200]
    speech.speaker = speech.speaker or header.speaker[:60]
    speech.occasion = speech.occasion or header.occasion[:200]
    speech.spoken_on = speech.spoken_on or header.spoken_on


def _fail(pk: int, attempt: int, reason: str) -> None:
    Speech.objects.filter(pk=pk, attempts=attempt, status=Speech.Status.PARSING).update(
        status=Speech.Status.FAILED, error=reason, stage="", percent=0, lease_until=None
    )
