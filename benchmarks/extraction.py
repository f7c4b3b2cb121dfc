"""How close the parser comes to marked texts: our own, and ../shared where it stands beside the checkout.

python benchmarks/extraction.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.parser.scoring import score_folder  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "parser" / "corpus"
SHARED = ROOT.parent / "shared" / "extraction"
FOLDERS = {
    "open": CORPUS / "open",
    "held": CORPUS / "held",
    "fresh": CORPUS / "fresh",
    "dev": SHARED / "dev",
    "dev2": SHARED / "dev2",
}


def main() -> None:
    for number, (name, folder) in enumerate(
        (name, folder) for name, folder in FOLDERS.items() if folder.is_dir()
    ):
        figures = score_folder(folder).figures()
        if not number:
            print("on".ljust(6), *(column.rjust(11) for column in figures))
        print(name.ljust(6), *(f"{value:11.3g}" for value in figures.values()))


if __name__ == "__main__":
    main()
