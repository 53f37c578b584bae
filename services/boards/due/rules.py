"""Deadlines of the boards, in words: pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.boards.due import words
from services.boards.procedures.rules import clause
from services.boards.rosters.rules import Roster, Sight
from services.contracts.boards.meetings import MeetingState
from services.contracts.boards.nominations import NominationsOf
from services.contracts.boards.participation import ParticipationStep, ParticipationStepKind
from services.contracts.boards.procedures import ProcedureRules, ProcedureSubject
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.days import day
from services.kit.deadlines import phrase

_HELD = (MeetingState.held,)
INVITED = (MeetingState.invited, MeetingState.running, MeetingState.held)


def parties(**keys: str | None) -> list[str]:
    """Who has to act, those of whom a key is given."""
    return [f"{kind}:{key}" for kind, key in keys.items() if key is not None]


def last_receipt(meeting: date, notice_days: int) -> date:
    """The last day on which an invitation may arrive: so many full days lie between it and the
    meeting (§ 35 Abs. 2 Satz 2 ThürKO, or what the rules of the body say)."""
    return meeting - timedelta(days=notice_days + 1)


def meeting(row: Any, body: Mapping[str, str], kind: str) -> Due:
    """A meeting on its day."""
    return Due(
        id=f"meeting/{row.key}",
        kind=DeadlineKind.meeting,
        on=day(row.starts_at),
        title=phrase(words.PLAIN, body=body, name=row.name),
        what=f"meeting:{row.key}",
        path=f"meetings/{row.key}",
        responsible=parties(body=row.body),
        done=row.state in _HELD,
        clause=None,
        reason=None,
        starts_at=row.starts_at,
        sort=f"{row.kind}/{kind}",
        revision=row.revision,
        changed_at=row.changed_at,
    )


def invitation(row: Any, body: Any, given: ProcedureRules, office: str | None) -> Due:
    """The last day on which the invitation to a meeting may arrive."""
    rests_on = clause(given, ProcedureSubject.notice)
    return Due(
        id=f"invitation/{row.key}",
        kind=DeadlineKind.invitation,
        on=last_receipt(day(row.starts_at), given.notice_days),
        title=phrase(words.INVITATION, body=body.name, name=row.name),
        what=f"meeting:{row.key}",
        path=f"meetings/{row.key}",
        responsible=parties(organisation=office, body=row.body),
        done=row.state in INVITED,
        clause=rests_on.text if rests_on is not None else None,
        reason=phrase(words.NOTICE, days=str(given.notice_days)),
        starts_at=None,
        sort=f"{row.kind}/{body.kind}",
        revision=row.revision,
        changed_at=row.changed_at,
    )


def implementation(row: Any, reference: str, responsible: str | None) -> Due:
    """A task that follows from a resolution."""
    return Due(
        id=f"implementation/{row.key}",
        kind=DeadlineKind.implementation,
        on=row.due_on,
        title=phrase(words.TASK, task=row.task),
        what=f"implementation:{row.key}",
        path=f"implementations/{row.key}",
        responsible=parties(organisation=responsible),
        done=row.state == "done",
        clause=None,
        reason=phrase(words.RESOLUTION, reference=reference),
        starts_at=None,
        revision=row.revision,
        changed_at=row.changed_at,
    )


def answers(process: Any, on: date, count: int, organisation: str | None) -> Due:
    """Answers that are owed to contributors on one day, without saying to whom."""
    return Due(
        id=f"contribution_answer/{process.key}/{on}",
        kind=DeadlineKind.contribution_answer,
        on=on,
        title=phrase(words.ANSWERS, name=process.name, count=str(count)),
        what=f"participation_process:{process.key}",
        path=f"contributions?process={process.key}&answered=false",
        responsible=parties(body=process.body, organisation=organisation),
        done=False,
        clause=None,
        reason=phrase(words.PROMISED, days=str(process.answer_days)),
        starts_at=None,
        revision=1,
        changed_at=None,
    )


def steps(process: Any, organisation: str | None, today: date) -> Iterator[Due]:
    """The steps of a participation process: of submission the last day, of others the first. The
    report is owed until it is published; other steps are over when their day is."""
    for given in process.steps:
        step = ParticipationStep.model_validate(given)
        submission = step.kind is ParticipationStepKind.submission
        on = step.ends_on if submission and step.ends_on is not None else step.starts_on
        owed = step.kind is ParticipationStepKind.report
        yield Due(
            id=f"participation/{process.key}/{step.kind}",
            kind=DeadlineKind.participation,
            on=on,
            title=phrase(words.STEP, name=process.name, step=words.STEPS[step.kind]),
            what=f"participation_process:{process.key}",
            path=f"participation-processes/{process.key}",
            responsible=parties(body=process.body, organisation=organisation),
            done=process.report is not None if owed else on < today,
            clause=None,
            reason=None,
            starts_at=None,
            revision=process.revision,
            changed_at=process.changed_at,
        )


def terms(roster: Roster, sight: Sight, today: date) -> Iterator[Due]:
    """The days on which terms of members end whom the reader may see; never who they are."""
    for key, tenures in roster.tenures.items():
        seat = roster.seat.get(key or "")
        for one in tenures:
            last, member = one.term_ends_on, one.member
            left = member.ends_on is not None and last is not None and member.ends_on < last
            if last is None or left or member.key not in sight.memberships:
                continue
            sender = roster.owner(seat, member)
            shown = seat is not None and seat.key in sight.seats
            place = seat.name if seat is not None and shown else roster.body.name
            yield Due(
                id=f"term/membership/{member.key}",
                kind=DeadlineKind.term,
                on=last,
                title=phrase(words.TERM, place=place),
                what=f"membership:{member.key}",
                path=f"memberships/{member.key}",
                responsible=parties(
                    organisation=sender if sender in sight.organisations else None,
                    body=roster.body.key,
                ),
                done=last < today,
                clause=seat.clause if seat is not None and shown else None,
                reason=phrase(words.OF, body=roster.body.name),
                starts_at=None,
                revision=member.revision,
                changed_at=member.changed_at,
            )


def legislative_term(row: Any, today: date) -> Due:
    """The last day of a legislative term."""
    return Due(
        id=f"term/legislative_term/{row.key}",
        kind=DeadlineKind.term,
        on=row.ends_on,
        title=phrase(words.LEGISLATIVE, name=row.name),
        what=f"legislative_term:{row.key}",
        path=f"legislative-terms/{row.key}",
        responsible=[],
        done=row.ends_on < today,
        clause=None,
        reason=None,
        starts_at=None,
        revision=row.revision,
        changed_at=row.changed_at,
    )


def nominations(found: Iterable[NominationsOf], today: date) -> Iterator[Due]:
    """Whom organisations must name. What is due since nobody knows when is due today."""
    seen: dict[str, int] = {}
    for one in found:
        for each in one.nominations:
            sender = one.organisation or one.organisation_kind or "any"
            where = each.seat or each.body
            name = f"nomination/{where}/{sender}/{each.reason}/{each.due_on or 'now'}"
            seen[name] = seen.get(name, 0) + 1
            yield Due(
                id=name if seen[name] == 1 else f"{name}/{seen[name]}",
                kind=DeadlineKind.nomination,
                on=each.due_on or today,
                title=each.text,
                what=f"seat:{each.seat}" if each.seat is not None else f"body:{each.body}",
                path=f"nominations?body={each.body}",
                responsible=parties(organisation=one.organisation, body=each.body),
                done=False,
                clause=each.clause,
                reason=None,
                starts_at=None,
                revision=1,
                changed_at=None,
            )


def office_of(body: Any, seen: Sequence[str] | frozenset[str]) -> str | None:
    """The organisation that sees to a body: who coordinates it, else whose it is."""
    return next((key for key in (body.coordinated_by, body.hosted_by) if key in seen), None)
