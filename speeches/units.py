"""Whom a draft is about, as the review page filters by it: departments, collectives, names nobody bears."""

from collections import Counter
from collections.abc import Iterable

from speeches.models import Directive

NOBODY = "none"
NOBODY_WORDS = "未写明"


def units_of(draft: Directive) -> dict[str, str]:
    """Key → label; a collective stands for itself, not for its members. Needs departments prefetched."""
    units = draft.found.get("units", [])
    collectives = {f"g{unit['organ'][2:]}": unit["text"] for unit in units if unit["organ"].startswith("g:")}
    departments = [*([draft.lead] if draft.lead else []), *draft.supports.all()]
    if collectives:
        named = {unit["organ"] for unit in units}
        departments += [d for d in draft.parts.all() if f"d:{d.pk}" in named]
    else:
        departments += draft.parts.all()
    unknown = {} if draft.is_touched else {f"t{u['text']}": u["text"] for u in units if not u["organ"]}
    found = {f"d{d.pk}": str(d) for d in departments} | collectives | unknown
    return found or {NOBODY: NOBODY_WORDS}


def counted(drafts: Iterable[Directive]) -> list[tuple[str, str, int]]:
    """(key, label, drafts) of every unit, the most first; 未写明 last."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for draft in drafts:
        units = units_of(draft)
        labels = units | labels
        counts.update(units.keys())
    order = sorted(counts, key=lambda key: (key == NOBODY, -counts[key], labels[key]))
    return [(key, labels[key], counts[key]) for key in order]
