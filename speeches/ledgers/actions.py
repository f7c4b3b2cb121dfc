"""What a clerk does with a ledger file: bring it in, say how it is to be read, import it, all or nothing."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from speeches.ledgers.models import LedgerFile
from speeches.ledgers.options import Options
from speeches.ledgers.reading import Reading, read
from speeches.originals import safe_name
from speeches.readers import MAX_UPLOAD, ReadRefused
from tasks import actions as ledger
from tasks import numbering
from tasks.models import Task
from tasks.moves import Action
from tasks.permissions import may

KEPT_FOR = timedelta(hours=24)
GONE = "这份文件已经过了24小时，或者已经导入，不能再导入。请重新选择文件。"


class NotReady(ValidationError):
    """Nothing was imported; `reading` shows why."""

    def __init__(self, message: str, reading: Reading) -> None:
        super().__init__(message)
        self.reading = reading


def check_clerk(by: User) -> None:
    if not may(by, Action.REGISTER):
        raise PermissionDenied("只有督查员可以导入台账。")


def accept(*, file_name: str, content: bytes, by: User, at: datetime) -> LedgerFile:
    """Keep the file until it is imported, a day at most. Raises ValidationError where it is no table."""
    check_clerk(by)
    if len(content) > MAX_UPLOAD:
        raise ValidationError(f"表格超过{MAX_UPLOAD // 1024 // 1024}MB的上限，请拆成几个文件分别导入。")
    forget(at)
    name = safe_name(file_name)
    _read(content, name, Options(), by, at)
    return LedgerFile.objects.create(
        file_name=name, content=content, size=len(content), uploaded_by=by, uploaded_at=at
    )


def forget(at: datetime) -> None:
    """What was never imported goes after a day."""
    LedgerFile.objects.filter(imported_at=None, uploaded_at__lt=at - KEPT_FOR).delete()


def preview(file: LedgerFile, *, by: User, at: datetime) -> Reading:
    """What importing it now would do. Raises ValidationError when it is gone."""
    check_clerk(by)
    if file.imported_at or file.uploaded_at < at - KEPT_FOR:
        raise ValidationError(GONE)
    return _read(bytes(file.content), file.file_name, file.choices, by, at)


def choose(pk: int, *, by: User, options: Options) -> None:
    """Remember how the clerk wants it read."""
    check_clerk(by)
    LedgerFile.objects.visible_to(by).filter(pk=pk, imported_at=None).update(options=options.stored())


@transaction.atomic
def import_file(pk: int, *, by: User, at: datetime) -> list[Task]:
    """Register everything that is taken, as drafts.

    The file is read anew: the ledger may have moved since the preview.
    Raises NotReady, with nothing imported, when an entry has an error or nothing is left to import.
    """
    check_clerk(by)
    file = LedgerFile.objects.select_for_update().get(pk=pk)
    numbering.held(localdate(at).year)  # or two clerks with the same ledger would each find nothing there
    reading = preview(file, by=by, at=at)
    if not reading.is_ready:
        raise NotReady(_hindrance(reading), reading)
    tasks = register_all(reading, by=by, at=at)
    file.imported_at, file.codes, file.content = at, [task.code for task in tasks], b""
    file.save(update_fields=["imported_at", "codes", "content"])
    return tasks


@transaction.atomic
def register_all(reading: Reading, *, by: User, at: datetime) -> list[Task]:
    """One draft and one event each. Raises NotReady naming the row that the ledger refuses."""
    tasks: list[Task] = []
    for one in reading.taken:
        details: dict[str, Any] = one.details
        try:
            tasks.append(ledger.register(by=by, at=at, **details))
        except ValidationError as error:
            words = f"“{one.sheet}”第{one.row}行：{'；'.join(error.messages)}什么也没有导入。"
            raise NotReady(words, reading) from error
    return tasks


def _hindrance(reading: Reading) -> str:
    if reading.troubles:
        return "；".join(reading.troubles)
    if reading.faulty:
        return (
            f"有{len(reading.faulty)}项有错误，什么也没有导入。"
            "请在表里改好后重新上传，或者勾选“不导入”留下这几项。"
        )
    return "没有可以导入的事项：表里的事项台账中都已经有了，或者都选了不导入。"


def _read(content: bytes, name: str, options: Options, by: User, at: datetime) -> Reading:
    try:
        return read(content, name, options, by=by, today=localdate(at))
    except ReadRefused as refused:
        raise ValidationError(refused.message) from refused
