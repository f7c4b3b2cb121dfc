"""The DRF router: every viewset of the site is registered here."""

from rest_framework.routers import DefaultRouter

from accounts.api import DepartmentViewSet
from speeches.api.views import DirectiveViewSet, SpeechViewSet
from speeches.ledgers.api import LedgerFileViewSet
from supervision.api import FigureViewSet, NoticeViewSet
from tasks.api.views import AttachmentViewSet, TaskViewSet

router = DefaultRouter()
router.include_format_suffixes = False  # one address for each thing; the viewsets take no `format` argument
router.register("departments", DepartmentViewSet, basename="department")
router.register("tasks", TaskViewSet, basename="task")
router.register("attachments", AttachmentViewSet, basename="attachment")
router.register("speeches", SpeechViewSet, basename="speech")
router.register("ledgers", LedgerFileViewSet, basename="ledger")
router.register("directives", DirectiveViewSet, basename="directive")
router.register("notices", NoticeViewSet, basename="notice")
router.register("figures", FigureViewSet, basename="figure")
