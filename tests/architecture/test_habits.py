"""The house rules a machine can check."""

import ast
import re

from tests.architecture.sources import FLOORS, ROOT, files, functions, length, place, tree

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
EMPTY_WORDS = {"manager", "helper", "helpers", "utils", "util", "info", "data", "process"}  # say nothing
# Names that other people's interfaces dictate.
DICTATED = {"handle_DATA", "process_exception", "cleaned_data", "get_context_data"}


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{place(path, node)} {node.name} {length(node)}"
        for path in files()
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert not long, long


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    counts = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    long = {str(path.relative_to(ROOT)): count for path, count in counts.items() if count > LONGEST_FILE}
    assert not long, long


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in files(*FLOORS)
        if path.read_text(encoding="utf-8").strip() and ast.get_docstring(tree(path)) is None
    ]
    assert not silent, silent


def test_every_signature_is_annotated() -> None:
    bare = [
        f"{place(path, node)} {node.name}"
        for path in files()
        for node in functions(path)
        if node.returns is None and node.name != "__init__"
    ]
    assert not bare, bare


def test_nothing_is_wired_by_signals() -> None:
    wired = [
        str(path.relative_to(ROOT))
        for path in files(*FLOORS)
        if re.search(
            r"django\.db\.models\.signals|django\.dispatch|post_save|pre_save|@receiver",
            path.read_text("utf-8"),
        )
    ]
    assert not wired, wired


def test_no_model_overrides_save_or_delete() -> None:
    doors = [
        f"{place(path, node)} {node.name}"
        for path in files(*FLOORS)
        if "models" in {path.stem, path.parent.name}
        for node in functions(path)
        if node.name in {"save", "delete"}
    ]
    assert not doors, doors


def test_no_import_hides_inside_a_function() -> None:
    hidden = [
        place(path, inner)
        for path in files(*FLOORS)
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, hidden


def test_no_except_swallows_everything() -> None:
    bare = [
        place(path, node)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not bare, bare


def test_no_name_is_an_empty_word() -> None:
    empty = [
        f"{place(path, node)} {node.name}"
        for path in files(*FLOORS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if node.name not in DICTATED
        and EMPTY_WORDS & set(re.split(r"_|(?<=[a-z])(?=[A-Z])", node.name.lower()))
    ]
    files_named = [str(path.relative_to(ROOT)) for path in files(*FLOORS) if path.stem in EMPTY_WORDS]
    assert not empty + files_named, empty + files_named


def test_nothing_below_a_view_or_a_job_reads_the_clock() -> None:
    """Who may ask the time: views, jobs, commands, the API, and the set-up itself."""
    may_ask = {"views", "jobs", "api", "drafts", "files"}
    clocks = {"now", "localdate", "localtime", "today", "utcnow"}
    asked = [
        f"{place(path, node)} {ast.unparse(node.func)}"
        for path in files("accounts", "tasks", "speeches", "supervision")
        if path.stem not in may_ask and not may_ask & set(path.parts) and "commands" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and not (node.args and node.func.attr.startswith("local"))  # with a moment given: a conversion
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"timezone", "date", "datetime", "time"}
    ]
    assert not asked, asked
