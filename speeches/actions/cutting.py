"""Where a draft begins and ends: join two, cut one in two, add one by hand. A quote is always its text."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Department, User
from speeches import context, parser, proposals
from speeches.actions.rules import EditConflict, check_clerk, check_open, locked, locked_speech, touch
from speeches.models import Directive, Speech

LONGEST = 3000  # characters of one requirement
_LISTS = ("units", "deadlines", "recurrences", "targets")
_EDGES = " \n，,；;、"


@transaction.atomic
def merge(pk: int, into: int, *, by: User) -> Directive:
    """Join draft `pk` into draft `into`: one stretch, the departments of both, nothing between lost."""
    check_clerk(by)
    if pk == into:
        raise ValidationError("不能与自己合并，请选择另一条草稿。")
    first, second = (locked(key) for key in sorted((pk, into)))
    kept, gone = (first, second) if first.pk == into else (second, first)
    if gone.state == Directive.State.MERGED and gone.merged_into_id == kept.pk:
        return kept
    check_open(kept)
    check_open(gone)
    _check_neighbours(kept, gone)
    _join_words(kept, gone)
    _join_times(kept, gone)
    parts, supports = _join_departments(kept, gone)
    kept.found = _joined_finds(kept.found, gone.found)
    kept.flags = list(dict.fromkeys([*kept.flags, *gone.flags]))
    kept.confidence = min(kept.confidence, gone.confidence)
    touch(kept)
    kept.save()
    kept.parts.set(parts)
    kept.supports.set(supports)
    gone.state, gone.merged_into = Directive.State.MERGED, kept
    touch(gone)
    gone.save(update_fields=["state", "merged_into", "is_touched", "version"])
    gone.merged.exclude(speech=gone.speech_id).update(merged_into=kept)
    return kept


def _check_neighbours(kept: Directive, gone: Directive) -> None:
    if kept.speech_id != gone.speech_id:
        raise ValidationError("两条草稿不在同一篇讲话中，不能合并。")
    start, end = min(kept.end, gone.end), max(kept.start, gone.start)
    live = (Directive.State.OPEN, Directive.State.ADOPTED)
    between = kept.speech.directives.filter(start__gte=start, end__lte=end, state__in=live)
    if between.exclude(pk__in=(kept.pk, gone.pk)).exists():
        raise ValidationError("两条草稿之间还有别的草稿，请先处理中间的草稿，或逐条合并。")


def _join_words(kept: Directive, gone: Directive) -> None:
    first, second = sorted((kept, gone), key=lambda directive: (directive.start, directive.pk))
    is_verbatim = all(d.requirement == _flat(d.quote) for d in (kept, gone))
    edited = f"{first.requirement.rstrip('。；;')}；{second.requirement}"
    text, start, end = kept.speech.text, min(kept.start, gone.start), max(kept.end, gone.end)
    kept.start, kept.end, kept.quote = start, end, text[start:end]
    kept.requirement = _flat(kept.quote) if is_verbatim else edited


def _join_times(kept: Directive, gone: Directive) -> None:
    """A day the text states wins over an assumed one; of two stated, the later: then the whole is done."""
    stated = [d for d in (kept, gone) if d.due_on and "due_on" not in d.assumed]
    if stated:
        latest = max(stated, key=lambda directive: directive.due_on)  # type: ignore[arg-type, return-value]
        kept.due_on, kept.due_text = latest.due_on, latest.due_text
        kept.assumed = [name for name in kept.assumed if name != "due_on"]
    if not kept.report_rule and not kept.collect_rule:
        kept.report_rule, kept.collect_rule = gone.report_rule, gone.collect_rule
        kept.rhythm_text = kept.rhythm_text or gone.rhythm_text


def _join_departments(kept: Directive, gone: Directive) -> tuple[list[Department], list[Department]]:
    """Nobody drops out, nobody gets two roles: the other's lead has a part."""
    if kept.lead is None and gone.lead is not None:
        kept.lead = gone.lead
        kept.assumed = [*kept.assumed, *(name for name in gone.assumed if name == "lead")]
    parts = [*kept.parts.all(), *([gone.lead] if gone.lead else []), *gone.parts.all()]
    parts = [d for d in dict.fromkeys(parts) if d != kept.lead]
    supports = dict.fromkeys([*kept.supports.all(), *gone.supports.all()])
    return parts, [d for d in supports if d != kept.lead and d not in parts]


def _joined_finds(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    joined = one | {
        "recipients": list(dict.fromkeys([*one.get("recipients", []), *other.get("recipients", [])]))
    }
    for name in _LISTS:
        finds = {(find["start"], find["end"]): find for find in [*one.get(name, []), *other.get(name, [])]}
        joined[name] = [finds[place] for place in sorted(finds)]
    return joined


@transaction.atomic
def split(pk: int, *, by: User, offset: int) -> tuple[Directive, Directive]:
    """Cut a draft at `offset`, a place in the speech's text; what lies in a half belongs to it alone."""
    check_clerk(by)
    directive = locked(pk)
    check_open(directive)
    first, second = _halves(directive, offset)
    was_touched = directive.is_touched
    half = Directive.objects.get(pk=directive.pk)
    half.pk, half._state.adding = None, True
    half.origin, half.is_touched, half.version = Directive.Origin.CLERK, True, 1
    departments = directive.lead, list(directive.parts.all()), list(directive.supports.all())
    office = context.office()
    for draft, (start, end), rest in ((directive, first, second), (half, second, first)):
        _cut_to(draft, start, end, rest)
        chosen = proposals.handlers(draft.found["units"], office)
        if was_touched or not draft.found["units"]:
            chosen = proposals.Handlers(*departments, assumed="lead" in draft.assumed)
        draft.lead = chosen.lead
        draft.assumed = [*(n for n in draft.assumed if n != "lead"), *(["lead"] if chosen.assumed else [])]
        touch(draft)
        proposals.save(draft, chosen)
    return directive, half


def _halves(directive: Directive, offset: int) -> tuple[tuple[int, int], tuple[int, int]]:
    if not directive.start < offset < directive.end:
        raise ValidationError("拆分的位置不在这条草稿之内，请重新选择。")
    text = directive.speech.text
    first = _trimmed(text, directive.start, offset)
    second = _trimmed(text, offset, directive.end)
    if first is None or second is None:
        raise ValidationError("拆分后有一半没有文字，请换一个位置。")
    return first, second


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without the commas and spaces at both ends; None when nothing is left."""
    while start < end and text[start] in _EDGES + "。！":
        start += 1
    while end > start and text[end - 1] in _EDGES + "。":
        end -= 1
    return (start, end) if start < end else None


def _cut_to(draft: Directive, start: int, end: int, other: tuple[int, int]) -> None:
    """Make `draft` the stretch [start, end): its words, and the finds that do not lie in the `other` half."""

    def stays(find: dict[str, Any]) -> bool:
        return not other[0] <= find["start"] < other[1]

    finds = draft.found
    units = [unit for unit in finds.get("units", []) if stays(unit)]
    draft.found = finds | {name: [f for f in finds.get(name, []) if stays(f)] for name in _LISTS}
    # A half without a subject of its own goes on with the one before it.
    draft.found["units"] = units or finds.get("units", [])
    draft.start, draft.end, draft.quote = start, end, draft.speech.text[start:end]
    draft.requirement = _flat(draft.quote)
    draft.title = draft.requirement[:40]
    _cut_times(draft, had_deadline=bool(finds.get("deadlines")), had_rhythm=bool(finds.get("recurrences")))


def _cut_times(draft: Directive, *, had_deadline: bool, had_rhythm: bool) -> None:
    deadlines, recurrences = draft.found["deadlines"], draft.found["recurrences"]
    days = [deadline["due_on"] for deadline in deadlines if deadline["due_on"]]
    if had_deadline and days:
        draft.due_on = date.fromisoformat(max(days))
        draft.due_text = "、".join(d["text"] for d in deadlines)[:100]
    elif had_deadline and "due_on" not in draft.assumed:
        draft.due_on, draft.due_text = proposals.assumed_due(draft.speech), ""
        draft.assumed = [*draft.assumed, "due_on"]
    if had_rhythm:
        rules = {r["beat"] or "report": r["rrule"] for r in recurrences if r["rrule"]}
        draft.report_rule, draft.collect_rule = rules.get("report", ""), rules.get("collect", "")
        draft.rhythm_text = "、".join(r["text"] for r in recurrences)[:100]


def _flat(quote: str) -> str:
    return quote.replace("\n", "")


@transaction.atomic
def add(speech_pk: int, *, by: User, start: int, end: int) -> Directive:
    """A draft from a stretch the clerk selected, pre-filled by what the parser sees in it alone."""
    check_clerk(by)
    speech = locked_speech(speech_pk)
    if speech.status != Speech.Status.PARSED:
        raise EditConflict("讲话还没有解析完成，请稍候再添加。")
    if speech.pieces.exists():
        raise EditConflict("这个文件已拆成几篇，请到各篇里添加。")
    place = _trimmed(speech.text, max(start, 0), min(end, len(speech.text))) if start < end else None
    if place is None:
        raise ValidationError("选中的文字为空或超出正文，请重新选择一句话。")
    start, end = place
    if end - start > LONGEST:
        raise ValidationError(f"选中了{end - start}个字，太长了。请只选一项要求（不超过{LONGEST}字）。")
    twin = speech.directives.filter(start=start, end=end, state=Directive.State.OPEN).first()
    if twin is not None:
        return Directive.objects.get(pk=twin.pk)
    office = context.office()
    draft = Directive(speech=speech, origin=Directive.Origin.CLERK, is_touched=True, confidence=1.0)
    chosen = _prefill(draft, speech.text[start:end], start, office)
    draft.start, draft.end, draft.quote = start, end, speech.text[start:end]
    draft.requirement = _flat(draft.quote)
    draft.title = draft.title or draft.requirement[:40]
    return proposals.save(draft, chosen)


def _prefill(draft: Directive, quote: str, start: int, office: context.Office) -> proposals.Handlers:
    """From the first requirement the parser finds in `quote`; where it finds none, only the usual limit."""
    found = parser.parse(quote, office.context(draft.speech.spoken_on)).directives
    if found:
        return proposals.fill(draft, found[0], office, start)
    draft.tier = Directive.Tier.UNASSIGNED
    draft.due_on, draft.assumed = proposals.assumed_due(draft.speech), ["due_on"]
    draft.found = {"inherited": False, "recipients": []} | {name: [] for name in _LISTS}
    return proposals.Handlers()
