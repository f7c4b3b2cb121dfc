"""What holds for every template and for the style sheet: no inline code, old engines, one name each."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "tasks", "speeches", "supervision")
TEMPLATES = [
    path
    for folder in ("templates", *(f"{app}/templates" for app in APPS))
    for path in sorted((ROOT / folder).rglob("*.html"))
    if "mail" not in path.parts  # letters carry their style with them: mail programs know no other
]
STYLE = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / "app.css").read_text(encoding="utf-8"), flags=re.DOTALL)
SCRIPTS = sorted((ROOT / "static").glob("*.js"))


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "<style" not in text
    assert "javascript:" not in text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_fetched_from_another_site(path: Path) -> None:
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_typed_by_people_is_trusted_as_markup(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+off", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("word", [":has(", "@layer", "@container", "color-mix(", "text-wrap", ":is(", "dvh"])
def test_the_style_sheet_keeps_to_what_old_engines_know(word: str) -> None:
    assert word not in STYLE


def test_rules_are_not_nested() -> None:
    depth = deepest = 0
    for line in STYLE.splitlines():
        if not line.startswith("@") and "{" in line and depth and not line.startswith("  "):
            pytest.fail(f"nested rule: {line}")
        depth += line.count("{") - line.count("}")
        deepest = max(deepest, depth)
    assert (depth, deepest) == (0, 1)


def test_style_and_script_stay_small() -> None:
    assert STYLE.count("\n") < 1000
    assert (ROOT / "static" / "app.js").read_text(encoding="utf-8").count("\n") < 100


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_to_what_old_engines_know_and_build_no_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("innerHTML", "eval(", "new Function", "?.", "??=", ".at(", "structuredClone", "replaceAll"):
        assert word not in text, word


def test_every_class_in_a_template_is_in_the_style_sheet() -> None:
    known = set(re.findall(r"\.([a-z][\w-]*)", STYLE))
    used = {
        name
        for path in TEMPLATES
        for value in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8"))
        for name in value.split()
    }
    assert not used - known, used - known
