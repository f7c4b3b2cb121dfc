"""Who may do what: one dictionary that buttons, pages, API and verbs all ask."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from tasks.models import Assignment, Task
from tasks.moves import ANSWERS, FROM_THE_SOURCE, MOVES, WHILE_PAUSED, Action, Status

Role = Assignment.Role
Person = User | AnonymousUser
HANDLING = frozenset({Role.LEAD, Role.PART, Role.SUPPORT})


def assignment_of(user: Person, task: Task) -> Assignment | None:
    """The part the person's own department has in the item, if it has one now."""
    if not isinstance(user, User) or not user.is_liaison or user.department_id is None:
        return None
    mine = (a for a in task.assignments.all() if a.department_id == user.department_id)
    return next((a for a in mine if a.role in HANDLING), None)


def responsible(task: Task) -> list[Assignment]:
    """Who signs, objects and submits for the item: the lead; without one, every part department."""
    handling = [a for a in task.assignments.all() if a.role in {Role.LEAD, Role.PART}]
    return [a for a in handling if a.role == Role.LEAD] or handling


def _is_supervisor(user: Person, task: Task | None) -> bool:
    return isinstance(user, User) and user.is_supervisor


def _is_handling(user: Person, task: Task | None) -> bool:
    return task is not None and assignment_of(user, task) is not None


def _is_responsible(user: Person, task: Task | None) -> bool:
    return task is not None and assignment_of(user, task) in responsible(task)


def _answers_for_a_result(user: Person, task: Task | None) -> bool:
    """The lead or a part department; supporters have no limit of their own."""
    own = assignment_of(user, task) if task is not None else None
    return own is not None and own.role != Role.SUPPORT


def _instructs(user: Person, task: Task | None) -> bool:
    """A leader, or the office that puts a leader's words on record."""
    return isinstance(user, User) and (user.is_leader or user.is_supervisor)


PEOPLE: dict[Action, Callable[[Person, Task | None], bool]] = {
    Action.REGISTER: _is_supervisor,
    Action.AMEND: _is_supervisor,
    Action.ISSUE: _is_supervisor,
    Action.RECEIVE: _is_handling,
    Action.DECLINE: _is_responsible,
    Action.REFER: _is_supervisor,
    Action.REPORT: _is_handling,
    Action.SUBMIT: _is_responsible,
    Action.SEND_BACK: _is_supervisor,
    Action.CLOSE: _is_supervisor,
    Action.STRIKE_OFF: _is_supervisor,
    Action.REOPEN: _is_supervisor,
    Action.WITHDRAW: _is_supervisor,
    Action.ASK_EXTENSION: _answers_for_a_result,
    Action.GRANT_EXTENSION: _is_supervisor,
    Action.REFUSE_EXTENSION: _is_supervisor,
    Action.REDATE: _is_supervisor,
    Action.PAUSE: _is_supervisor,
    Action.RESUME: _is_supervisor,
    Action.INSTRUCT: _instructs,
    Action.SPLIT_OFF: _is_supervisor,
    Action.ADD_SOURCE: _is_supervisor,
    Action.REMOVE_SOURCE: _is_supervisor,
}


def may(user: Person, action: Action, task: Task | None = None) -> bool:
    """Whether this is the right person. `task=None` only for REGISTER."""
    return PEOPLE[action](user, task)


def moves_item(action: Action, task: Task, own: Assignment | None) -> bool:
    """Whether the verb, done by `own`, moves the item on, or is only that department's part of it.

    The lead moves the item. Without a lead the first signature does, and the last submission.
    """
    if own is None or action not in {Action.RECEIVE, Action.SUBMIT}:
        return True
    if own not in responsible(task):
        return False
    others = [a for a in responsible(task) if a != own]
    return task.status == Status.ISSUED if action is Action.RECEIVE else all(a.submitted_at for a in others)


def is_moment(action: Action, task: Task, own: Assignment | None) -> bool:
    """Whether the item's state, and the department's own part in it, allow the verb now."""
    if _is_done(action, own) or not _fits_what_is_awaited(action, task, own):
        return False
    move = MOVES[action]
    return task.status in (move.sources if moves_item(action, task, own) else move.beside)


def _fits_what_is_awaited(action: Action, task: Task, own: Assignment | None) -> bool:
    """A paused item waits to be resumed; what was asked is answered, a limit extended, a whole split."""
    if action is Action.RESUME or (task.paused_at and action not in WHILE_PAUSED):
        return action is Action.RESUME and task.paused_at is not None
    if action is Action.SPLIT_OFF:
        return task.parent_id is None
    if action is Action.ASK_EXTENSION:
        return ((own and own.due_on) or task.due_on) is not None
    return action not in ANSWERS or task.extension_asked_at is not None


def _is_done(action: Action, own: Assignment | None) -> bool:
    """A department signs once and submits once, until the item is issued or sent back again."""
    if own is None:
        return False
    stamps = {
        Action.RECEIVE: own.received_at,
        Action.SUBMIT: own.submitted_at,
        Action.ASK_EXTENSION: own.extension_asked_at or own.submitted_at,
    }
    return stamps.get(action) is not None


def available(user: Person, task: Task) -> list[Action]:
    """The verbs that are right for this person at this moment: the buttons of the page."""
    own = assignment_of(user, task)
    shown = [action for action in MOVES if action not in FROM_THE_SOURCE]
    return [action for action in shown if may(user, action, task) and is_moment(action, task, own)]
