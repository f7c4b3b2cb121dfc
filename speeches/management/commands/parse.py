"""`manage.py parse FILE`: what the parser finds in one speech. Needs no database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from speeches.management.files import add_file_arguments, parsed_file
from speeches.parser.types import Directive, Parsed

TIERS = {"named": "点名", "collective": "泛指", "unassigned": "未点名"}
ROLES = {"lead": "牵头", "co": "配合", "responsible": "责任"}


class Command(BaseCommand):
    """Prints for people, or with --json for programs."""

    help = "解析一篇讲话，列出其中的督办事项。加 --json 时输出 JSON。不需要数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Options in Chinese."""
        add_file_arguments(parser)
        parser.add_argument("--json", action="store_true", help="输出 JSON 列表")

    def handle(self, *args: Any, **options: Any) -> None:
        """One JSON list, or one block per directive."""
        parsed = parsed_file(options["file"], options["spoken_on"])
        if options["json"]:
            listed = [as_json(directive) for directive in parsed.directives]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
            return
        for line in in_chinese(parsed):
            self.stdout.write(line)


def as_json(directive: Directive) -> dict[str, Any]:
    """The keys of the annotation guideline, and what the ledger needs beside them."""
    return {
        "quote": directive.quote,
        "start": directive.span.start,
        "end": directive.span.end,
        "tier": directive.tier,
        "units": [{"text": unit.text, "role": unit.role} for unit in directive.units],
        "inherited": directive.inherited,
        "deadlines": [deadline.text for deadline in directive.deadlines],
        "recurrence": [recurrence.text for recurrence in directive.recurrences],
        "targets": [target.text for target in directive.targets],
        "due_on": directive.due_on.isoformat() if directive.due_on else None,
        "rrule": directive.rrule or None,
        "collect_rrule": directive.collect_rrule or None,
        "recipients": list(directive.recipients),
        "title": directive.title,
        "section": directive.section,
        "confidence": directive.confidence,
        "reasons": list(directive.reasons),
        "flags": list(directive.flags),
    }


def in_chinese(parsed: Parsed) -> list[str]:
    """Readable blocks: number, tier, quote, then one line per thing known."""
    lines = [f"共识别 {len(parsed.directives)} 项要求。"]
    for number, directive in enumerate(parsed.directives, 1):
        lines += ["", f"{number}. 【{TIERS[directive.tier]}】{directive.quote}", *_details(directive)]
    return lines


def _details(directive: Directive) -> list[str]:
    units = "、".join(f"{unit.text}（{ROLES[unit.role]}）" for unit in directive.units)
    inherited = "（承前）" if directive.inherited else ""
    dates = "、".join(
        f"{deadline.text}（{deadline.due_on or '日期未定'}）" for deadline in directive.deadlines
    )
    beats = "、".join(f"{beat.text}（{beat.rrule or '频次未写明'}）" for beat in directive.recurrences)
    rows = {
        "责任单位": units + inherited if units else "",
        "时限": dates,
        "频次": beats,
        "目标": "、".join(target.text for target in directive.targets),
        "报送": "、".join(directive.recipients),
        "把握": f"{directive.confidence:.0%}；" + "；".join(directive.reasons),
        "提醒": "、".join(directive.flags),
    }
    return [f"   {label}：{words}" for label, words in rows.items() if words]
