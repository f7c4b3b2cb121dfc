"""How sure the parser is of a directive, why, and what a clerk should look at."""

import math

from .drafting import Draft
from .types import Deadline, Recurrence, Target, Unit

_STRENGTHS = {
    "modal": "有明确的要求用语",
    "asked": "点名请其办理",
    "by": "写明由其办理",
    "role": "写明牵头、负责或配合",
    "soft": "句首是责任单位，未见“要”“须”等用语",
    "note": "有责任分工的注明",
}


def confidence(draft: Draft, units: tuple[Unit, ...]) -> float:
    """0..1, about the share of such drafts a clerk keeps, as counted on marked texts.

    An inherited party, a bare verb and a duty of nobody with nothing to count are less sure.
    """
    sure = 0.1 + 0.9 * draft.weight + (0.8 if units else 0.0)
    sure -= 0.6 if draft.inherited else 0.0
    sure -= 0.5 if draft.strength == "soft" else 0.0
    own = draft.own
    sure -= 0.4 if not (units or own.deadlines or own.recurrences or own.targets) else 0.0
    return round(1 / (1 + math.exp(-sure)), 2)


def reasons(
    draft: Draft, units: tuple[Unit, ...], deadlines: tuple[Deadline, ...], beats: tuple[Recurrence, ...],
    targets: tuple[Target, ...],
) -> tuple[str, ...]:  # fmt: skip
    found = []
    if draft.inherited:
        found.append("责任单位承接上一句")
    elif units:
        found.append(f"写明责任单位：{'、'.join(unit.text for unit in units)}")
    if draft.strength in _STRENGTHS:
        found.append(_STRENGTHS[draft.strength])
    if deadlines:
        found.append(f"有时限：{'、'.join(deadline.text for deadline in deadlines)}")
    if beats:
        found.append(f"有频次：{'、'.join(beat.text for beat in beats)}")
    if targets:
        found.append(f"有量化目标：{'、'.join(target.text for target in targets)}")
    if not (deadlines or beats or targets):
        found.append("有可查验的工作内容")
    return tuple(found)


def flags(
    draft: Draft, units: tuple[Unit, ...], deadlines: tuple[Deadline, ...], beats: tuple[Recurrence, ...],
    targets: tuple[Target, ...],
) -> tuple[str, ...]:  # fmt: skip
    found = []
    if not units:
        found.append("未写明责任单位")
    elif not draft.is_named:
        found.append("责任单位为泛指")
    if draft.inherited:
        found.append("责任单位由上文推断，请核对")
    if not deadlines and not beats:
        found.append("时限未写明")
    if any(deadline.due_on is None for deadline in deadlines):
        found.append("时限不能换算成日期")
    if not units and not deadlines and not beats and not targets:
        found.append("职责模糊")
    return tuple(found)
