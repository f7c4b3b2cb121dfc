"""What became of the speeches: items in every state of the ledger."""

from supervision.demo.story.economy import ECONOMY
from supervision.demo.story.projects import PROJECTS
from supervision.demo.story.safety import SAFETY

ITEMS = (*ECONOMY, *PROJECTS, *SAFETY)

PUT_ASIDE = (
    ("economy", "切实扛起责任"),
    ("economy", "新登记经营主体"),
    ("safety", "提出明确要求"),
    ("safety", "有事报事、无事报平安"),
)
"""What the office did not take up: attitude and slogans, by speech and words."""

SAID_AGAIN = (("countryside", "沄口水库除险加固工程", "推进沄口水库除险加固前期工作"),)
"""What a later speech asked for again, by speech, words and title of the item that keeps both sentences."""
