"""The parsing of one speech: claim the row, read, clean, parse, store; any step may fail and be retried."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from speeches import context, originals, parser, proposals, twins, wording
from speeches.models import Speech
from speeches.parser.types import Cleaned, Header, Section
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
_EMPTY = "文件里除了网页的导航、广告等内容外没有正文。请确认选对了文件，或直接粘贴全文。"

logger = logging.getLogger(__name__)


class Abandoned(Exception):
    """The row is no longer ours: cancelled, deleted, or in another worker's hands."""


def parse(pk: int, *, at: datetime) -> Speech:
    """Parse the speech unless it is parsed by this version or in another worker's hands. Safe to run twice.

    A failure ends in the row, with its reason in Chinese, never in an exception; a cancelled speech is left
    as it was. Raises Speech.DoesNotExist when somebody has removed it, as one does with pieces put together.
    """
    speech, attempt = _claim(pk, at)
    if attempt is None:
        return speech
    try:
        _work(speech, attempt, at)
    except Abandoned:
        logger.info("speech %s: nothing is stored, the reading was cancelled or taken over", pk)
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
    speech: Speech = Speech.objects.select_for_update().get(pk=pk)
    is_held = speech.status == Speech.Status.PARSING and (speech.lease_until or at) > at
    is_current = speech.status == Speech.Status.PARSED and speech.parser_version == parser.VERSION
    if is_held or is_current or speech.status in (Speech.Status.FAILED, Speech.Status.CANCELLED):
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
    original = wording.stored(speech) if speech.parent_id else _read(speech, attempt)
    _step(speech.pk, attempt, "整理正文")
    restored = wording.found_again(speech.restored, speech.raw_text, original.raw_text)
    cleaned = wording.cleaned(original, restored)
    if not cleaned.text:
        raise ReadRefused(_EMPTY)
    _step(speech.pk, attempt, "识别要求")
    header = parser.read_header(cleaned.text)
    office = context.office()
    found = parser.parse(cleaned.text, office.context(speech.spoken_on or header.spoken_on))
    _step(speech.pk, attempt, "保存草稿")
    with transaction.atomic():
        current = _ours(speech.pk, attempt)
        take_text(current, original, cleaned, restored)
        take_outline(current, found.sections)
        _take_head(current, header)
        current.warnings = [*original.warnings, *cleaned.warnings]
        _finish(current, at)
        drafts = () if current.pieces.exists() else found.directives
        proposals.renew(current, drafts, office)
    twins.seek(speech.directives.all(), at=at)


def _read(speech: Speech, attempt: int) -> wording.Original:
    def told(done: int, total: int) -> None:
        _step(speech.pk, attempt, "读取文件", done, total)

    content = originals.content(speech)
    return wording.original_of(read_bytes(content, speech.file_name, told=told, ocr=settings.OCR))


def _step(pk: int, attempt: int, stage: str, done: int = 0, total: int = 0) -> None:
    """Say how far it is. Raises Abandoned when the row is no longer ours: then nothing is stored."""
    following = [percent for percent in STAGES.values() if percent > STAGES[stage]]
    reach = min(following, default=100) - STAGES[stage]
    percent = STAGES[stage] + (reach * done // total if total else 0)
    words = f"{stage}：第{done}页，共{total}页" if total > 1 else stage
    ours = Speech.objects.filter(pk=pk, attempts=attempt, status=Speech.Status.PARSING)
    if not ours.update(stage=words, percent=percent):
        raise Abandoned


def _ours(pk: int, attempt: int) -> Speech:
    """The row, locked. Raises Abandoned as `_step` does."""
    mine = Speech.objects.select_for_update().filter(pk=pk, attempts=attempt, status=Speech.Status.PARSING)
    current: Speech | None = mine.first()
    if current is None:
        raise Abandoned
    return current


def take_text(
    speech: Speech, original: wording.Original, cleaned: Cleaned, restored: Sequence[dict[str, Any]]
) -> None:
    """Put what was read and what is left of it into an unsaved row."""
    speech.raw_text, speech.text = original.raw_text, cleaned.text
    speech.sources, speech.frames = list(original.sources), list(original.frames)
    speech.places = placed(original.sources, cleaned)
    speech.restored = list(restored)
    speech.removed = [
        {"line": gone.line, "start": gone.start, "end": gone.end, "reason": gone.reason}
        for gone in cleaned.removed
    ]


def take_outline(speech: Speech, sections: Sequence[Section]) -> None:
    """The headings found in the text."""
    speech.outline = [
        {"start": s.span.start, "end": s.span.end, "title": s.title, "depth": s.depth} for s in sections
    ]


def _take_head(speech: Speech, header: Header) -> None:
    """What the head says, where nobody has said otherwise."""
    if speech.parsed_at is None and speech.kind == Task.Source.SPEECH:
        speech.kind = next((kind for word, kind in KINDS if word in header.title[-8:]), speech.kind)
    speech.title = speech.title or header.title[:200]
    speech.speaker = speech.speaker or header.speaker[:60]
    speech.occasion = speech.occasion or header.occasion[:200]
    speech.spoken_on = speech.spoken_on or header.spoken_on


def _finish(speech: Speech, at: datetime) -> None:
    speech.status, speech.stage, speech.percent = Speech.Status.PARSED, "完成", 100
    speech.lease_until, speech.attempts, speech.error = None, 0, ""
    speech.parser_version, speech.parsed_at = parser.VERSION, at
    speech.save()


def _fail(pk: int, attempt: int, reason: str) -> None:
    Speech.objects.filter(pk=pk, attempts=attempt, status=Speech.Status.PARSING).update(
        status=Speech.Status.FAILED, error=reason, stage="", percent=0, lease_until=None
    )
