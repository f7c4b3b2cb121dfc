"""What is sent to each address that changes something: enough for whoever may."""

from typing import Any

from tests.access.world import World

VERB_WORDS = {
    "reason": "职责调整",
    "progress": "完成8处。",
    "result": "全部完成。",
    "note": "同意。",
    "to": "云川市文旅局",
    "due_on": "2099-06-30",
    "voice": "闻市长",
    "base": "2026-03-02",
}
ITEM = {
    "title": "另一事项",
    "requirement": "完成整治。",
    "urgency": "normal",
    "source_kind": "document",
}


def body(world: World, path: str) -> dict[str, Any]:
    """The fields for the address; those that another address of the same kind wants do no harm."""
    draft = world.directive
    if path.endswith("/split_off/"):  # a part may not take longer than the whole
        return ITEM | {"due_on": "2026-05-29"}
    if path.endswith(("/join/", "/apart/")):
        return {"item": world.item.code, "version": draft.version}
    if path.startswith("/api/"):
        keys = {"to": world.cast.outside.pk, "into": world.other_directive.pk, "version": draft.version}
        text = {
            "text": "市水务局要在月底前完成整治。",
            "tier": "named",
            "start": draft.start,
            "end": draft.end,
        }
        return VERB_WORDS | ITEM | keys | text | {"offset": (draft.start + draft.end) // 2}
    words = (
        VERB_WORDS | ITEM | {"text": "云川市水务局要在月底前完成整治。", "tier": "named", "kind": "speech"}
    )
    form = {"title": "改过的名称", "requirement": "改过的要求。", "version": draft.version}
    place = {"start": draft.start, "end": draft.end, "offset": (draft.start + draft.end) // 2}
    taken = {"department": world.cast.outside.pk, "version": draft.version}
    if path.startswith("/tasks/"):
        return words  # a department named there would be one of the item's
    return words | place | taken | {f"d{draft.pk}-{name}": value for name, value in form.items()}
