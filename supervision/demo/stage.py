"""The story played: speeches parsed, drafts settled and adopted, every act done by its own verb."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from accounts.models import User
from accounts.naming import departments_named
from speeches import actions as drafting
from speeches import intake
from speeches.models import Directive, Speech
from supervision.demo.acts import OFFICE, Act, Item
from supervision.demo.days import moment, workday_before
from supervision.demo.story import ITEMS, PUT_ASIDE, SAID_AGAIN
from supervision.demo.texts import SPEECHES, content
from tasks import actions
from tasks.models import Period, Task
from tasks.moves import Action
from tasks.workdays import WorkCalendar

HOURS = {
    Action.REGISTER: 9,
    Action.ISSUE: 10,
    Action.RECEIVE: 11,
    Action.DECLINE: 14,
    Action.REPORT: 15,
    Action.SUBMIT: 16,
    Action.ASK_EXTENSION: 16,
}
"""The hour at which an act happens; the office answers at 17, after everything the departments did."""
MORNING, EVENING = 8, 20


class StoryBroken(Exception):
    """A part of the product that the story needs did not do its work; the message says which."""


def is_told() -> bool:
    """Whether the demo's speeches are here already."""
    return Speech.objects.filter(file_name__in=[speech.file_name for speech in SPEECHES]).exists()


def tell(*, today: date, calendar: WorkCalendar, post: Callable[[datetime], None]) -> None:
    """Play the whole story up to the working day before `today`.

    `post` is called in the morning and in the evening of every day on which something happens: letters go out
    as things stand then, not as they stand at the end.
    """
    stage = Stage(today=today, calendar=calendar)
    stage.take_in_speeches()
    stage.put_aside()
    day: date | None = None
    for at, number, act in sorted(_scenes(stage), key=lambda scene: scene[:2]):
        if localdate(at) != day:
            if day:
                post(moment(day, EVENING))
            day = localdate(at)
            post(moment(day, MORNING))
        if act is None:
            stage.register(number, at)
        else:
            stage.perform(number, act, at)
    stage.keep_both_sentences()
    if day:
        post(moment(day, EVENING))


def _scenes(stage: "Stage") -> Iterator[tuple[datetime, int, Act | None]]:
    """When what happens: the registering of each item (no act), then what people did with it."""
    for number, item in enumerate(ITEMS):
        yield stage.at(item.registered, HOURS[Action.REGISTER], number), number, None
        for place, act in enumerate(item.acts):
            yield stage.at(act.ago, HOURS.get(act.action, 17), number + 2 * place), number, act


def _people() -> dict[str, User]:
    return {user.username: user for user in User.objects.select_related("department")}


@dataclass
class Stage:
    """Who and what is on stage while the story is told."""

    today: date
    calendar: WorkCalendar
    speeches: dict[str, Speech] = field(default_factory=dict)
    tasks: dict[int, int] = field(default_factory=dict)  # place in ITEMS → key of the ledger item
    people: dict[str, User] = field(default_factory=_people)

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        return moment(workday_before(self.today, ago, self.calendar), hour, minute)

    def take_in_speeches(self) -> None:
        """Upload and parse every speech on the day it was given, through the real intake and parser."""
        for speech in SPEECHES:
            at = self.at(speech.workdays_ago, 16, 30)
            row, _ = intake.accept(
                file_name=speech.file_name, content=content(speech, at.date()), by=self.people[OFFICE], at=at
            )
            row = drafting.parse(row.pk, at=at + timedelta(seconds=2))
            if row.status != Speech.Status.PARSED:
                raise StoryBroken(f"《{speech.file_name}》没有解析成功：{row.error}")
            self.speeches[speech.key] = row

    def put_aside(self) -> None:
        """Drop the drafts that are no tasks, where the parser made any of these sentences."""
        for key, phrase in PUT_ASIDE:
            drafts = Directive.objects.filter(speech=self.speeches[key], quote__contains=phrase)
            for draft in drafts.filter(state=Directive.State.OPEN):
                drafting.drop(draft.pk, by=self.people[OFFICE])

    def keep_both_sentences(self) -> None:
        """A later speech asked for the same: its sentence goes to the item, at the end of the last day."""
        for key, phrase, title in SAID_AGAIN:
            draft, item = _holding(self.speeches[key], phrase), Task.objects.get(title=title)
            if draft is None:
                raise StoryBroken(f"讲话中没有识别出“{phrase}”这一条。")
            drafting.join_item(draft.pk, item.pk, by=self.people[OFFICE], at=self.at(1, 17, 40))

    def register(self, number: int, at: datetime) -> None:
        """Settle the draft as a clerk would and adopt it."""
        item = ITEMS[number]
        by = self.people[item.by]
        draft = self._draft(item, by)
        draft = drafting.edit(draft.pk, by=by, version=draft.version, **self._settled(item))
        self.tasks[number] = drafting.adopt(draft.pk, by=by, at=at).pk

    def _draft(self, item: Item, by: User) -> Directive:
        """The draft that holds the phrase; where the parser made none, the clerk selects the sentence."""
        speech = self.speeches[item.speech]
        draft = _holding(speech, item.phrase)
        if draft is None:
            start, end = _sentence(speech.text, item.phrase)
            return drafting.add(speech.pk, by=by, start=start, end=end)
        other = _holding(speech, item.joins) if item.joins else None
        if other is None or other == draft:
            return draft
        return drafting.merge(draft.pk, into=other.pk, by=by)

    def _settled(self, item: Item) -> dict[str, Any]:
        lead = departments_named(item.lead)
        fields: dict[str, Any] = {
            "title": item.title,
            "lead": lead[0] if lead else None,
            "parts": departments_named(item.parts),
            "supports": departments_named(item.supports),
            **item.rules,
        }
        if item.due_in is not None:
            fields["due_on"] = self.calendar.after(self.today, item.due_in)
        return fields

    def perform(self, number: int, act: Act, at: datetime) -> None:
        """Do one act through its verb; a report that answers a past report day is made on that day."""
        by, task = self.people[act.by], self.tasks[number]
        words: dict[str, Any] = dict(act.words)
        if act.action is Action.REFER:
            words["to"] = departments_named(words["to"])[0]
        if act.action is Action.SPLIT_OFF:
            words["lead"] = departments_named(words["lead"])[0]
        if act.due_in is not None:
            words["due_on"] = self.calendar.after(self.today, act.due_in)
        if act.evidence:
            words["files"] = [_paper(act.evidence, words["result"])]
        if act.beat:
            period = _next_open_period(task, by, act.beat, at.date())
            words |= {"period": period and period.pk, "is_unchanged": act.is_unchanged}
            if period and period.due_on < self.today:
                at = datetime.combine(period.due_on, at.timetz())
        done = actions.VERBS[act.action](task, by=by, at=at, **words)
        if act.action is Action.SPLIT_OFF:
            actions.issue(done.pk, by=by, at=at + timedelta(minutes=5))


def _holding(speech: Speech, phrase: str) -> Directive | None:
    """The open draft that covers the phrase."""
    start = speech.text.index(phrase)
    drafts = Directive.objects.filter(speech=speech, state=Directive.State.OPEN)
    return drafts.filter(start__lte=start, end__gte=start + len(phrase)).first()


def _sentence(text: str, phrase: str) -> tuple[int, int]:
    """The whole sentence around the phrase, without its full stop."""
    start = text.index(phrase)
    before = max(text.rfind(mark, 0, start) for mark in "。！\n")
    after = min(at for mark in "。！\n" if (at := text.find(mark, start)) >= 0)
    return before + 1, after


def _paper(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def _next_open_period(task: int, by: User, beat: str, day: date) -> Period | None:
    """The report day of the person's department that comes next and is not answered yet."""
    own = Period.objects.filter(assignment__task=task, assignment__department=by.department, beat=beat)
    coming: Period | None = own.filter(due_on__gte=day, filed_at=None).order_by("due_on").first()
    return coming
