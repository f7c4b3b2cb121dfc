"""Departments in a cell, with the marks people make."""

import pytest

from speeches.ledgers.units import LEAD, NAMED, PART, SUPPORT, names

THREE = [("市水务局", LEAD), ("市财政局", SUPPORT), ("城管局", SUPPORT)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("市水务局", [("市水务局", NAMED)]),
        ("市水务局、市财政局", [("市水务局", NAMED), ("市财政局", NAMED)]),
        ("市水务局，市财政局；城管局", [("市水务局", NAMED), ("市财政局", NAMED), ("城管局", NAMED)]),
        ("市水务局\n市财政局", [("市水务局", NAMED), ("市财政局", NAMED)]),
        ("市水务局 市财政局/城管局", [("市水务局", NAMED), ("市财政局", NAMED), ("城管局", NAMED)]),
        ("市水务局（牵头）、市财政局", [("市水务局", LEAD), ("市财政局", NAMED)]),
        ("市水务局（牵头单位）\n市财政局（配合）", [("市水务局", LEAD), ("市财政局", SUPPORT)]),
        ("市水务局牵头，市财政局、城管局配合", THREE),
        ("牵头单位：市水务局\n配合单位：市财政局、城管局", THREE),
        ("主办：市水务局；协办：市财政局", [("市水务局", LEAD), ("市财政局", SUPPORT)]),
        ("1.市水务局\n2.市财政局", [("市水务局", NAMED), ("市财政局", NAMED)]),
        ("分办单位：各镇办", [("各镇办", PART)]),
        ("市水务局（张三、李四）", [("市水务局（张三·李四）", NAMED)]),
        ("", []),
    ],
)  # fmt: skip
def test_names_and_what_they_do(words: str, found: list[tuple[str, str]]) -> None:
    assert list(names(words, NAMED)) == found
