"""Who might handle a requirement that names nobody: from duties, and from what was confirmed before.

A suggestion is never what the text says: it has a score and a reason, and below a margin there is none.
"""

from speeches.suggesting.duties import usual_duties
from speeches.suggesting.index import Index, Precedent, Suggestion

__all__ = ["Index", "Precedent", "Suggestion", "usual_duties"]
