"""Which resources of the boards service bring which others along (`?include=`)."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from services.boards.agendas import queries as agendas
from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.bodies.queries import BODIES
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.implementations import queries as implementations
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.meetings.queries import MEETINGS
from services.boards.meetings.rules import OFF
from services.boards.meetings.tables import MeetingRow
from services.boards.memberships.queries import MEMBERSHIPS
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers import queries as papers
from services.boards.papers.queries import PAPERS
from services.boards.powers.queries import POWERS
from services.boards.recommendations import queries as recommendations
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.resolutions import queries as resolutions
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.seats.queries import SEATS
from services.boards.votes import queries as votes
from services.boards.votes.queries import VOTES
from services.contracts.boards.bodies import Body
from services.contracts.boards.consultations import Consultation
from services.contracts.boards.implementations import Implementation
from services.contracts.boards.meetings import AgendaItem, Meeting
from services.contracts.boards.memberships import Membership
from services.contracts.boards.organisations import Organisation
from services.contracts.boards.papers import Paper
from services.contracts.boards.powers import Power
from services.contracts.boards.recommendations import Recommendation
from services.contracts.boards.resolutions import Resolution
from services.contracts.boards.seats import Seat
from services.contracts.boards.votes import Vote
from services.kit.relations import Relation, Through
from services.kit.selection import Relations


def _to_come() -> ColumnElement[bool]:
    return and_(
        col(MeetingRow.starts_at) >= datetime.now(UTC),
        col(MeetingRow.state).not_in(OFF),
    )


def _body(field: str = "body") -> Relation:
    return Relation(BODIES, Body, "boards.bodies:read", named=field)


def _organisation(field: str) -> Relation:
    return Relation(ORGANISATIONS, Organisation, "boards.organisations:read", named=field)


def _meeting() -> Relation:
    return Relation(MEETINGS, Meeting, "boards.meetings:read", named="meeting")


def _paper() -> Relation:
    return Relation(PAPERS, Paper, "boards.papers:read", named="paper", told=papers.shown)


def _consultations(column: str) -> Relation:
    return Relation(CONSULTATIONS, Consultation, "boards.papers:read", naming=column)


def _recommendations(column: str) -> Relation:
    return Relation(
        RECOMMENDATIONS,
        Recommendation,
        "boards.resolutions:read",
        naming=column,
        told=recommendations.told,
    )


def _resolutions(column: str) -> Relation:
    return Relation(
        RESOLUTIONS,
        Resolution,
        "boards.resolutions:read",
        naming=column,
        told=resolutions.told,
    )


def _vote() -> Relation:
    return Relation(VOTES, Vote, "boards.votes:read", named="vote", told=votes.told)


RELATIONS: Relations = {
    Organisation: {"parent": _organisation("parent")},
    Body: {
        "parent": _body("parent"),
        "hosted_by": _organisation("hosted_by"),
        "seats": Relation(SEATS, Seat, "boards.seats:read", naming="body"),
        "memberships": Relation(MEMBERSHIPS, Membership, "boards.memberships:read", naming="body"),
        "powers": Relation(POWERS, Power, "boards.powers:read", naming="body"),
        "next_meeting": Relation(
            MEETINGS,
            Meeting,
            "boards.meetings:read",
            naming="body",
            where=_to_come,
            first_by="starts_at",
        ),
    },
    Seat: {"body": _body()},
    Membership: {
        "body": _body(),
        "seat": Relation(SEATS, Seat, "boards.seats:read", named="seat"),
        "on_behalf_of": _organisation("on_behalf_of"),
    },
    Meeting: {
        "body": _body(),
        "agenda_items": Relation(
            AGENDA_ITEMS, AgendaItem, "boards.meetings:read", naming="meeting", told=agendas.shown
        ),
        "consultations": _consultations("meeting"),
        "papers": Relation(
            PAPERS,
            Paper,
            "boards.papers:read",
            naming="meeting",
            through=Through(CONSULTATIONS, "paper"),
            told=papers.shown,
        ),
        "recommendations": _recommendations("meeting"),
        "resolutions": _resolutions("meeting"),
    },
    Paper: {
        "originator_bodies": _body("originator_bodies"),
        "originator_organisations": _organisation("originator_organisations"),
        "consultations": _consultations("paper"),
        "recommendations": _recommendations("paper"),
        "resolutions": _resolutions("paper"),
    },
    Consultation: {"paper": _paper(), "body": _body(), "meeting": _meeting()},
    Recommendation: {
        "body": _body(),
        "addressed_to": _body("addressed_to"),
        "meeting": _meeting(),
        "paper": _paper(),
        "vote": _vote(),
    },
    Resolution: {
        "body": _body(),
        "meeting": _meeting(),
        "paper": _paper(),
        "vote": _vote(),
        "implementations": Relation(
            IMPLEMENTATIONS,
            Implementation,
            "boards.implementations:read",
            naming="resolution",
            told=implementations.shown,
        ),
    },
    Implementation: {
        "resolution": Relation(
            RESOLUTIONS,
            Resolution,
            "boards.resolutions:read",
            named="resolution",
            told=resolutions.told,
        ),
        "responsible": _organisation("responsible"),
    },
}
