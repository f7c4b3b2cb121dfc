"""Suggested departments against official divisions of work: top-1, top-3, and how often one is right.

python benchmarks/suggestions.py ../shared/extraction/division/dev.jsonl

The names of the place are mapped to the departments of the demo city by kind; a task none of whose leads has
a like there is left out. Beside it the baseline: the department that most tasks of the file were given to.
"""

import csv
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from speeches.suggesting import Index, Precedent
from speeches.suggesting.duties import usual_duties

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "supervision/demo/org/departments.csv"
Row = tuple[str, set[str]]


def departments() -> dict[str, str]:
    """Short name → duties, of those the demo has; what has no duties of its own kind is left out."""
    with DEMO.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return {row["简称"]: duties for row in rows if (duties := usual_duties(row["单位全称"], row["简称"]))}


def tasks(path: str, known: dict[str, str]) -> list[Row]:
    """Each task with the demo departments of the kinds of its leads."""
    by_duties: dict[str, set[str]] = {}
    for name, duties in known.items():
        by_duties.setdefault(duties, set()).add(name)
    lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    mapped = [
        (line["task"], set().union(*(by_duties.get(usual_duties(unit), set()) for unit in line["lead"])))
        for line in lines
    ]
    return [(task, leads) for task, leads in mapped if leads]


def show(name: str, hits: list[tuple[list[str], set[str]]]) -> None:
    """A line of figures; `hits`: the departments in order, and those that are right."""
    first = sum(keys[:1] != [] and keys[0] in leads for keys, leads in hits) / len(hits)
    three = sum(bool(leads & set(keys)) for keys, leads in hits) / len(hits)
    print(f"{name:<34} top-1 {first:.3f}  top-3 {three:.3f}")


def ranked(index: Index, task: str) -> list[str]:
    return [one.key for one in index.ranked(task)]


def main() -> None:
    known = departments()
    rows = tasks(sys.argv[1], known)
    print(f"{len(rows)} tasks, {len(known)} departments")
    common = [name for name, _ in Counter(lead for _, leads in rows for lead in leads).most_common(3)]
    show("baseline: most frequent", [(common, leads) for _, leads in rows])
    duties = {name: f"{words}。{name}" for name, words in known.items()}
    usual = Index(duties)
    show("usual duties", [(ranked(usual, task), leads) for task, leads in rows])
    past = [Precedent(lead, task, "") for task, leads in rows for lead in leads]
    others = [Index(duties, [one for one in past if one.text != task]) for task, _ in rows]
    taught = [(ranked(index, task), leads) for index, (task, leads) in zip(others, rows, strict=True)]
    show("and the other tasks confirmed", taught)
    offered = [found[0].key in leads for task, leads in rows if (found := usual.suggested(task))]
    share, right = len(offered) / len(rows), sum(offered) / len(offered)
    print(f"offered for {share:.0%} of the tasks, the first right in {right:.0%}")


if __name__ == "__main__":
    main()
