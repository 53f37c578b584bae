"""Was a body convened as its rules demand? Pure functions.

§ 35 ThürKO: at least four full calendar days between receipt and meeting; in urgent cases receipt
by the second day before, if the invitation says so and the body establishes the urgency; a defect
is healed for a member who comes and does not object. Each number is data of the procedure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from services.boards.attendances.rules import Attended
from services.boards.procedures.rules import clause
from services.contracts.boards.invitations import Convening, Defect, Finding, NewInvitation
from services.contracts.boards.procedures import ProcedureRules, ProcedureSubject
from services.contracts.boards.votes import VoteOutcome, VotePurpose
from services.kit.problems import Conflict, Invalid


@dataclass(frozen=True)
class Judgement:
    """What the rules say of an invitation when it is sent; kept with it."""

    full_days: int | None
    needed_days: int
    in_due_form: bool
    clause: str | None
    verified: bool
    findings: Sequence[Finding]
    needs_finding: bool
    reached: Sequence[str]
    """Members whom it reached in due form although something is wrong with it for the others."""


def full_days(received_on: date, meeting: date) -> int:
    """Full calendar days between the day of receipt and the day of the meeting."""
    return (meeting - received_on).days - 1


def judge(given: ProcedureRules, new: NewInvitation, meeting: date, items: int) -> Judgement:
    """Hold an invitation with so many agenda items against the rules of the body."""
    findings = [
        _finding(given, new, defect, None)
        for defect in _defects(given, new, new.received_on, meeting)
    ]
    if not items:
        findings.append(_finding(given, new, Defect.no_agenda, None))
    reached = []
    shortened = _is_short(given, new.received_on, meeting)
    for receipt in new.receipts:
        own = _defects(given, new, receipt.received_on, meeting)
        findings += [_finding(given, new, defect, [receipt.membership]) for defect in own]
        if items and not own:
            reached.append(receipt.membership)
        shortened |= _is_short(given, receipt.received_on, meeting)
    urgency = new.urgent and shortened
    rests_on = clause(given, ProcedureSubject.urgency if urgency else ProcedureSubject.notice)
    short = given.urgent_days if urgency else None
    return Judgement(
        full_days=None if new.received_on is None else full_days(new.received_on, meeting),
        needed_days=given.notice_days if short is None else short,
        in_due_form=not findings,
        clause=rests_on.text if rests_on is not None else None,
        verified=rests_on is not None and rests_on.verified,
        findings=findings,
        needs_finding=urgency and given.urgency_finding,
        reached=reached,
    )


def _is_short(given: ProcedureRules, received_on: date | None, meeting: date) -> bool:
    return received_on is not None and full_days(received_on, meeting) < given.notice_days


def _defects(
    given: ProcedureRules, new: NewInvitation, received_on: date | None, meeting: date
) -> list[Defect]:
    if received_on is None:
        return [Defect.receipt_unknown]
    days = full_days(received_on, meeting)
    if days >= given.notice_days:
        return []
    if not new.urgent:
        return [Defect.too_late]
    if given.urgent_days is None:
        return [Defect.never_shortened]
    wrong = {
        Defect.too_late: days < given.urgent_days,
        Defect.shortening_not_stated: given.urgency_statement and not new.states_shortening,
        Defect.no_reason: new.reason is None,
    }
    return [defect for defect, holds in wrong.items() if holds]


def _finding(
    given: ProcedureRules, new: NewInvitation, defect: Defect, members: list[str] | None
) -> Finding:
    usual = (Defect.receipt_unknown, Defect.no_agenda)
    urgency = new.urgent and defect not in usual
    rests_on = clause(given, ProcedureSubject.urgency if urgency else ProcedureSubject.notice)
    return Finding(
        defect=defect,
        clause=rests_on.text if rests_on is not None else None,
        verified=rests_on is not None and rests_on.verified,
        memberships=members,
    )


def called_off(given: ProcedureRules) -> Finding:
    """What is wrong with the invitation to a meeting that was put off or called off since."""
    rests_on = clause(given, ProcedureSubject.notice)
    return Finding(
        defect=Defect.called_off,
        clause=rests_on.text if rests_on is not None else None,
        verified=rests_on is not None and rests_on.verified,
        memberships=None,
    )


@dataclass(frozen=True)
class Invited:
    """What is left of an invitation once it is judged."""

    in_due_form: bool
    needs_finding: bool
    reached: Collection[str]
    for_everybody: bool
    """Whether something is wrong with it for everybody but those."""
    named: Collection[str]
    """Members for whom something is wrong with it."""
    items: Collection[str]
    states_again: bool


def convening(
    given: ProcedureRules,
    invited: Invited | None,
    urgency: VoteOutcome | None,
    members: Collection[str],
    attended: Sequence[Attended],
) -> Convening:
    """What holds now. `urgency` is the outcome of the body's vote on it, None before that.

    A meeting to which nobody wrote down an invitation was not convened, unless everybody came.
    """
    affected = set(members)
    if invited is not None and invited.in_due_form:
        if not invited.needs_finding or urgency == VoteOutcome.adopted:
            return Convening.due
        if urgency is None:
            return Convening.awaits_finding
    elif invited is not None:
        everybody = set(members) - set(invited.reached) if invited.for_everybody else set()
        affected = everybody | (set(invited.named) & set(members))
    came = {one.substitutes_for or one.membership for one in attended if one.present}
    came |= {one.membership for one in attended if one.present}
    object_to_it = {
        member
        for one in attended
        if one.objects
        for member in (one.membership, one.substitutes_for)
    }
    healed = given.healed_by_appearance and affected <= came and not affected & object_to_it
    return Convening.healed if healed else Convening.defective


@dataclass(frozen=True)
class OnAgenda:
    """What matters of an item that is voted on."""

    key: str
    urgent: bool
    withdrawn: bool
    urgency_found: bool


def objection(
    given: ProcedureRules,
    convened: Convening,
    invited: Invited | None,
    purpose: VotePurpose,
    item: OnAgenda | None,
) -> Conflict | None:
    """Why there can be no such vote; None when there can."""
    if convened == Convening.defective:
        return Conflict(
            "The body was not duly convened, and that is not healed.",
            pointer="/meeting",
            code="not-convened",
        )
    on_the_whole = purpose == VotePurpose.urgency and item is None
    if convened == Convening.awaits_finding and not on_the_whole:
        return Conflict(
            "The notice was shortened: the body first votes on the urgency, without an item.",
            pointer="/purpose",
            code="awaits-finding",
        )
    if item is None:
        return None
    if item.withdrawn:
        return Conflict(
            "The item was taken off the agenda.", pointer="/agenda_item", code="withdrawn"
        )
    free = purpose in (VotePurpose.urgency, VotePurpose.procedural)
    if invited is None or item.key in invited.items or free:
        return None
    if item.urgent and (item.urgency_found or not given.urgency_finding):
        return None
    return Conflict(
        "The item was not on the invitation: the body first votes on its urgency.",
        pointer="/agenda_item",
        code="urgency-not-found",
    )


def check_receipts(new: NewInvitation, members: Collection[str]) -> None:
    """Refuse an exception for somebody who is no member."""
    for place, receipt in enumerate(new.receipts):
        if receipt.membership not in members:
            raise Invalid(
                "That membership holds no place in the body on this day.",
                pointer=f"/receipts/{place}/membership",
                code="no-member",
            )
