"""Everything that happened at a meeting."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from pydantic import TypeAdapter
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.agendas.queries import of_meeting
from services.boards.agendas.tables import AgendaItemRow
from services.boards.attendances import queries as attendances
from services.boards.attendances.tables import AttendanceRow
from services.boards.bodies.tables import BodyRow
from services.boards.composition.queries import legal_size, voters
from services.boards.exclusions.tables import ExclusionRow
from services.boards.invitations.queries import convening, sent_to
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS, in_own_body, sender
from services.boards.memberships.tables import MembershipRow
from services.boards.minuted_decisions.queries import decided
from services.boards.minutes.tables import MinutesRow
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.organisations.tables import OrganisationRow
from services.boards.persons.queries import shown
from services.boards.persons.tables import PersonRow
from services.boards.proceedings.rules import Known
from services.boards.votes.queries import closed_in
from services.boards.votes.tables import VoteRow
from services.contracts.boards.exclusions import ExclusionState
from services.contracts.boards.minutes import MinutesVersion
from services.contracts.boards.proceedings import (
    Absent,
    DecisionTaken,
    ItemDealtWith,
    Named,
    Present,
    Proceedings,
    Said,
    VoteTaken,
)
from services.contracts.boards.votes import Snapshot, VotePurpose
from services.contracts.shared.base import Texts
from services.kit.database import municipality_of
from services.kit.days import day

_TEXTS: TypeAdapter[Texts] = TypeAdapter(Texts)
_COURSE = {"de": "Ablauf der Sitzung", "en": "Course of the meeting", "it": "Svolgimento"}


async def proceedings(
    session: AsyncSession, meeting: MeetingRow, minutes: MinutesRow
) -> Proceedings:
    """What happened, in full and without names; whoever asks."""
    on = day(meeting.starts_at)
    sent = await sent_to(session, meeting.key)
    invited = {entry["key"] for entry in sent.agenda} if sent is not None else None
    noted = await attendances.of_meeting(session, meeting.key)
    missing = {one.membership for one in await voters(session, meeting.body, on)}
    missing -= {one.membership for one in noted}
    here = [_present(one) for one in noted if one.present]
    away = [
        Absent(person=_named(one.membership), reason=one.reason) for one in noted if not one.present
    ]
    away += [Absent(person=_named(key), reason=None) for key in sorted(missing)]
    return Proceedings(
        meeting=meeting.key,
        body=meeting.body,
        body_name=await _name_of(session, meeting.body),
        name=meeting.name,
        kind=meeting.kind,
        opened_at=minutes.opened_at or meeting.starts_at,
        closed_at=minutes.closed_at or meeting.ends_at,
        location=meeting.location,
        state=minutes.state,
        version=MinutesVersion.full,
        convening=await convening(session, meeting),
        clause=sent.clause if sent is not None else None,
        voting_members=(await legal_size(session, meeting.body, on))[1],
        chair=_named(minutes.chair) if minutes.chair is not None else None,
        clerk=_named(minutes.clerk) if minutes.clerk is not None else None,
        present=here,
        present_count=len(here),
        absent=away,
        absent_count=len(away),
        items=await _items(session, meeting, minutes, invited),
        closed_items=0,
        corrections=minutes.corrections,
        approved_at=minutes.approved_at,
    )


async def known(session: AsyncSession, keys: Collection[str]) -> Mapping[str, Known]:
    """Of these memberships those whose people the actor may know, with their names."""
    statement = (
        select(MembershipRow.key, PersonRow, OrganisationRow.name, ORGANISATIONS.seen(session))
        .join(
            PersonRow,
            (col(PersonRow.municipality_id) == col(MembershipRow.municipality_id))
            & (col(PersonRow.key) == col(MembershipRow.person)),
        )
        .outerjoin(
            OrganisationRow,
            (col(OrganisationRow.municipality_id) == col(MembershipRow.municipality_id))
            & (col(OrganisationRow.key) == sender()),
        )
        .where(
            col(MembershipRow.municipality_id) == municipality_of(session).id,
            col(MembershipRow.key).in_(keys),
            MEMBERSHIPS.seen(session) | in_own_body(session, col(MembershipRow.body)),
        )
    )
    found = {}
    for key, person, organisation, seen in await session.exec(statement):
        name = written(shown(session, person))
        if name is not None:
            found[key] = Known(name, _TEXTS.validate_python(organisation) if seen else None)
    return found


def written(person: Mapping[str, object]) -> str | None:
    """The name of a person as it is written; None where it may not be known."""
    if person["family_name"] is None:
        return None
    parts = (person[part] for part in ("title", "given_name", "family_name", "affix"))
    return " ".join(str(part) for part in parts if part)


def _named(membership: str) -> Named:
    return Named(membership=membership, name=None, on_behalf_of=None)


def _present(row: AttendanceRow) -> Present:
    instead_of = row.substitutes_for
    return Present.model_validate(
        {
            "person": _named(row.membership),
            "stays": row.stays,
            "substitutes_for": _named(instead_of) if instead_of is not None else None,
        }
    )


async def _name_of(session: AsyncSession, body: str) -> Texts:
    statement = select(BodyRow.name).where(
        col(BodyRow.municipality_id) == municipality_of(session).id, col(BodyRow.key) == body
    )
    return _TEXTS.validate_python((await session.exec(statement)).one())


async def _items(
    session: AsyncSession,
    meeting: MeetingRow,
    minutes: MinutesRow,
    invited: Collection[str] | None,
) -> list[ItemDealtWith]:
    votes: dict[str | None, list[VoteTaken]] = defaultdict(list)
    for row in sorted(await closed_in(session, meeting.key), key=_moment):
        votes[row.agenda_item].append(_taken(row))
    excluded = await _excluded(session, meeting.key)
    notes = {note["agenda_item"]: note["text"] for note in minutes.notes}
    taken = await decided(session, meeting.key)
    items = [
        _item(
            row,
            invited,
            notes.get(row.key),
            excluded.get(row.key, ()),
            votes[row.key],
            taken.get(row.key, ()),
        )
        for row in await of_meeting(session, meeting.key)
    ]
    return [*([_course(votes[None])] if votes[None] else []), *items]


def _moment(row: VoteRow) -> tuple[str, bool]:
    return str((row.snapshot or {})["at"]), row.purpose != VotePurpose.urgency


def _item(
    row: AgendaItemRow,
    invited: Collection[str] | None,
    note: dict[str, str] | None,
    excluded: Sequence[str],
    votes: Sequence[VoteTaken],
    decisions: Sequence[DecisionTaken],
) -> ItemDealtWith:
    return ItemDealtWith.model_validate(
        {
            **row.model_dump(),
            "agenda_item": row.key,
            "public": row.public,
            "added": invited is not None and row.key not in invited,
            "note": note,
            "excluded": [_named(one) for one in excluded],
            "excluded_count": len(excluded),
            "votes": votes,
            "decisions": decisions,
        }
    )


def _course(votes: Sequence[VoteTaken]) -> ItemDealtWith:
    """Votes on the meeting as a whole, such as that on its urgency."""
    nothing = dict.fromkeys(("agenda_item", "text", "note", "result"))
    return ItemDealtWith.model_validate(
        {
            **nothing,
            "number": "0",
            "title": _COURSE,
            "public": True,
            "added": False,
            "withdrawn": False,
            "excluded": [],
            "excluded_count": 0,
            "votes": votes,
        }
    )


def _taken(row: VoteRow) -> VoteTaken:
    snapshot = Snapshot.model_validate(row.snapshot)
    said = [
        Said(person=_named(ballot["membership"]), choice=ballot["choice"]) for ballot in row.ballots
    ]
    return VoteTaken.model_validate(
        {
            **row.model_dump(),
            "vote": row.key,
            "present": snapshot.present,
            "needed": snapshot.needed,
            "said": said,
        }
    )


async def _excluded(session: AsyncSession, meeting: str) -> Mapping[str, Sequence[str]]:
    statement = (
        select(ExclusionRow.agenda_item, ExclusionRow.membership)
        .where(
            col(ExclusionRow.municipality_id) == municipality_of(session).id,
            col(ExclusionRow.meeting) == meeting,
            col(ExclusionRow.state) == ExclusionState.confirmed,
        )
        .order_by(col(ExclusionRow.key))
    )
    found: dict[str, list[str]] = defaultdict(list)
    for item, membership in await session.exec(statement):
        found[item].append(membership)
    return found
