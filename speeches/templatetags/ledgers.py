"""How an entry of an imported ledger is shown: {% load ledgers %}."""

from django import template

from speeches.ledgers.plans import Planned
from tasks.rhythm import describe

register = template.Library()

VERDICTS = {
    "new": ("新增", "green"),
    "same": ("台账已有，无变化", "blue"),
    "differs": ("台账已有，内容不同", "yellow"),
    "twin": ("与台账重复", "yellow"),
    "repeated": ("表内重复", "yellow"),
}


@register.filter
def verdict(one: Planned) -> str:
    """新增, 有错误, 与台账重复 … in a word."""
    if one.errors and one.is_taken:
        return "有错误"
    return VERDICTS[one.state][0] if one.is_taken or one.state != "new" else "不导入"


@register.filter
def badge_colour(one: Planned) -> str:
    if one.errors and one.is_taken:
        return "red"
    return VERDICTS[one.state][1] if one.is_taken or one.state != "new" else "grey"


@register.filter
def before_colon(ref: str) -> str:
    """The sheet of a ref."""
    return ref.split(":")[0]


@register.filter
def in_words(rule: str) -> str:
    """A rhythm in Chinese."""
    return describe(rule)
