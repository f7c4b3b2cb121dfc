"""Whether two sentences, of two speeches, ask for the same thing. Plain Python: no Django, no database.

Never by generic wording alone: `common.txt` lists the words that any duty may have; they count for nothing.
"""

from speeches.alike.marking import Stretch, compared
from speeches.alike.scoring import MARGIN, Duty, Sketch, Weights, likeness, sketch, weights

__all__ = ["MARGIN", "Duty", "Sketch", "Stretch", "Weights", "compared", "likeness", "sketch", "weights"]
