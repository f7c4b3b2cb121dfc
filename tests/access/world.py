"""One department's item, full of a word that nobody else may ever read, and everybody who might try."""

from dataclasses import dataclass
from pathlib import Path

from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.models import Department, User
from config.mailbox import store
from speeches import intake, parsing
from speeches.ledgers import actions as ledgers
from speeches.models import Directive, LedgerFile, Speech
from supervision import notices
from supervision.models import Notice
from tasks import actions
from tasks.models import Attachment, Task
from tests.factories import MONDAY, NOON, department, paper, person
from tests.people import Cast, cast
from tests.supervision.making import live

CANARY = "玄鹤"
PEOPLE = (
    "anonymous",
    "outsider",  # liaison of a department with nothing in the item
    "homeless",  # liaison without a department
    "former",  # liaison of the department that led the item until it was referred on
    "leading",
    "taking_part",
    "supporting",
    "leader",
    "administrator",
    "supervisor",
)
UNSEEING = ("outsider", "homeless")
SPEECH = f"""在{CANARY}防汛工作会议上的讲话

云川市市长　闻一舟

（2026年3月2日）

同志们：

一、抓紧整治内涝点

云川市水务局要在4月底前完成{CANARY}河段12处内涝点整治。云川市城管局要在3月底前清理全部雨水口。
"""


@dataclass(frozen=True)
class World:
    """`item` is underway with `cast.lead`; `former` led it before; `draft` is its twin, not issued yet."""

    cast: Cast
    former_department: Department
    former: User
    item: Task
    draft: Task
    speech: Speech
    directive: Directive
    other_directive: Directive  # of the same speech
    file: Attachment
    letter: Notice  # to `cast.leading`, about the referral
    farewell: Notice  # to `former`, about the same
    eml: str  # a letter in the file outbox
    ledger: LedgerFile  # of `cast.supervisor`, not imported yet

    def person(self, name: str) -> User:
        return self.former if name == "former" else self.cast[name]

    def client(self, name: str, *, checks_csrf: bool = False) -> Client:
        """A browser in which the person has signed in; nobody in `anonymous`'s."""
        client = Client(enforce_csrf_checks=checks_csrf, raise_request_exception=False)
        if name != "anonymous":
            client.force_login(self.person(name), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def path(self, template: str) -> str:
        """An address of the table, with the keys of this world's rows put in."""
        return template.format(
            code=self.item.code,
            file=self.file.pk,
            speech=self.speech.pk,
            directive=self.directive.pk,
            letter=self.letter.pk,
            department=self.cast.lead.pk,
            eml=self.eml,
            ledger=self.ledger.pk,
        )


def build(outbox: Path) -> World:
    """Everything in it, made through the verbs; `outbox` is the folder of letters."""
    people = cast()
    if people.administrator.align_admin_rights():
        people.administrator.save()
    old = department("云川市林业局")
    former = person("linye", User.Role.LIAISON, old)
    live()
    item = _item(people, old)
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    notices.queue_events(NOON)
    actions.receive(item.pk, by=former, at=NOON)
    actions.report(item.pk, by=former, at=NOON, progress=f"{CANARY}旧进展")
    reason = f"{CANARY}职责调整"
    actions.refer(item.pk, by=people.supervisor, at=NOON, to=people.lead, reason=reason)
    actions.receive(item.pk, by=people.leading, at=NOON)
    evidence = paper(f"{CANARY}台账.txt", f"{CANARY}清单".encode())
    actions.report(item.pk, by=people.leading, at=NOON, progress=f"{CANARY}进展", files=[evidence])
    notices.queue_events(NOON)
    speech = _speech(people)
    return World(
        cast=people,
        former_department=old,
        former=former,
        item=Task.objects.get(pk=item.pk),
        draft=_item(people, people.lead),
        speech=speech,
        directive=speech.directives.earliest("start"),
        other_directive=speech.directives.latest("start"),
        file=Attachment.objects.get(),
        letter=Notice.objects.get(recipient=people.leading, kind=Notice.Kind.REFERRED),
        farewell=Notice.objects.get(recipient=former, kind=Notice.Kind.REFERRED),
        eml=store(
            EmailMessage(CANARY, CANARY, to=["shuiwu@yunchuan.example"]).message().as_bytes(), outbox
        ).name,
        ledger=ledgers.accept(
            file_name=f"{CANARY}台账.csv",
            content=f"事项名称,牵头单位\n{CANARY}事项,云川市水务局".encode(),
            by=people.supervisor,
            at=timezone.now(),
        ),
    )


def _item(people: Cast, lead: Department) -> Task:
    return actions.register(
        by=people.supervisor,
        at=NOON,
        title=f"{CANARY}内涝点整治",
        requirement=f"汛期前完成{CANARY}河段12处内涝点整治。",
        lead=lead,
        parts=[people.part],
        supports=[people.support],
        due_on=MONDAY.replace(month=6),
        report_rule="FREQ=WEEKLY;BYDAY=FR",
        recipients=f"{CANARY}指挥部",
        source_quote=f"{CANARY}河段的内涝点，汛期前要整治到位。",
        source_title=f"{CANARY}会议讲话",
        raised_by=f"{CANARY}市长",
    )


def _speech(people: Cast) -> Speech:
    made, _ = intake.accept(
        file_name=f"{CANARY}讲话.txt", content=SPEECH.encode(), by=people.supervisor, at=NOON
    )
    return parsing.parse(made.pk, at=NOON)
