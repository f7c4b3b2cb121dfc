"""Pages of the ledger."""

from tasks.views.item import attachment, detail
from tasks.views.ledger import export, ledger, mine, workbook
from tasks.views.registering import amend, new
from tasks.views.verbs import verb

__all__ = ["amend", "attachment", "detail", "export", "ledger", "mine", "new", "verb", "workbook"]
