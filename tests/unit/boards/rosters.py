"""Bodies as the checks of their composition see them, in short words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from pydantic import TypeAdapter

from services.boards.composition.rules import findings
from services.boards.rosters.rules import Roster, Sight
from services.contracts.boards.bodies import Body
from services.contracts.boards.composition_rules import CompositionRule
from services.contracts.boards.memberships import Membership
from services.contracts.boards.organisations import Organisation
from services.contracts.boards.seats import OnePer, Rule, Seat

NOW = datetime(2024, 1, 1, tzinfo=UTC)
STORED = {"id": UUID(int=1), "revision": 1, "created_at": NOW, "changed_at": NOW}
ON = date(2026, 1, 15)

ORGANISATIONS = {
    "dezernat": ("administration", "Dezernat 4"),
    "amt": ("administration", "Jugendamt"),
    "fraktion-a": ("council_group", "Fraktion A"),
    "fraktion-b": ("council_group", "Fraktion B"),
    "fraktion-c": ("council_group", "Fraktion C"),
    "paritaetischer": ("welfare_association", "Paritätischer"),
    "awo": ("welfare_association", "AWO"),
    "uni": ("science", "Universität"),
    "kammer": ("business", "Handwerkskammer"),
    "jobcenter": ("jobcentre", "Jobcenter"),
}
PER_GROUP = {"kind": "one_per", "organisation_kind": "council_group"}
SCIENCE = {"kind": "category", "organisation_kind": "science", "minimum": 1, "maximum": 2}
OFFICER = {"kind": "ex_officio", "office": {"de": "Amtsleitung"}, "organisation": "amt"}


def exactly(organisation: str, count: int = 1) -> dict[str, Any]:
    return {"kind": "exactly", "organisation": organisation, "count": count}


def a_seat(key: str, rule: Mapping[str, Any] | Rule, **more: Any) -> Seat:
    names = {"de": key.title(), "en": f"{key.title()} seat"}
    told = {"key": key, "body": "beirat", "name": names, "rule": rule}
    return Seat.model_validate({**STORED, **told, **more})


def a_rule(key: str, rule: Mapping[str, Any], **more: Any) -> CompositionRule:
    told = {"key": key, "body": "beirat", "name": {"de": key}, "rule": rule}
    return CompositionRule.model_validate({**STORED, **told, **more})


def a_member(
    key: str, seat: str | None = None, sender: str | None = None, **more: Any
) -> Membership:
    told = {
        "key": key,
        "person": f"p-{key}",
        "body": "beirat",
        "seat": seat,
        "on_behalf_of": sender,
        "voting": True,
        "starts_on": "2024-07-01",
        "visibility": "public",
    }
    return Membership.model_validate({**STORED, **told, **more})


def an_organisation(key: str, kind: str, name: str, **more: Any) -> Organisation:
    told = {"key": key, "kind": kind, "name": {"de": name}}
    return Organisation.model_validate({**STORED, **told, **more})


def a_roster(
    seats: Iterable[Seat] = (),
    members: Iterable[Membership] = (),
    rules: Iterable[CompositionRule] = (),
    ended: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Roster:
    """A body; `ended` gives organisations other days."""
    told = {"key": "beirat", "name": {"de": "Beirat"}, "kind": "advisory_board"}
    body = Body.model_validate({**STORED, **told, "mandates": ["advises"], **more})
    organisations = {
        key: an_organisation(key, kind, name, **(ended or {}).get(key, {}))
        for key, (kind, name) in ORGANISATIONS.items()
    }
    return Roster(body, list(seats), list(rules), list(members), organisations)


def everything(roster: Roster) -> Sight:
    """The sight of somebody who may see all of it."""
    return Sight(
        frozenset(roster.seat),
        frozenset(roster.rule),
        frozenset(roster.organisations),
        frozenset(one.key for one in roster.members),
    )


def told(roster: Roster, on: date = ON) -> list[tuple[str, str | None, str | None]]:
    """What is wrong: code, seat or rule, organisation or kind."""
    return [
        (one.code.value, one.seat or one.rule, one.organisation or one.organisation_kind)
        for one in findings(roster.on(on))
    ]


def lawful(seats: Sequence[Seat]) -> list[Membership]:
    """As few members as fill the seats."""
    found = []
    for seat in seats:
        for sender in _senders(seat):
            number = len(found) + 1
            found.append(a_member(f"m-{number}", seat.key, sender, voting=seat.voting))
    return found


def _senders(seat: Seat) -> Sequence[str | None]:
    rule: Any = seat.rule
    if isinstance(rule, OnePer):
        return [key for key, (kind, _) in ORGANISATIONS.items() if kind == rule.organisation_kind]
    number = getattr(rule, "count", getattr(rule, "minimum", 1))
    owner = getattr(rule, "organisation", None)
    kind = getattr(rule, "organisation_kind", None)
    of_kind = [key for key, (known, _) in ORGANISATIONS.items() if known == kind]
    return [owner or next(iter(of_kind), None)] * number


RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Bodies with members, substitutes and rules that begin and end on any days."""

    def day(least: int = -400) -> str:
        return str(ON + timedelta(days=draw(st.integers(least, 400))))

    def may_be(text: str) -> str | None:
        return text if draw(st.booleans()) else None

    def member(number: int) -> Any:
        starts = day()
        later = [max(starts, day()) for _ in range(2)]
        return a_member(
            f"m-{number}",
            draw(st.sampled_from(["verband", "fraktionen", None])),
            draw(st.sampled_from(["awo", "fraktion-a", "fraktion-b"])),
            starts_on=starts,
            term_ends_on=may_be(later[0]),
            ends_on=may_be(later[1]),
        )

    def substitute(number: int) -> Any:
        starts = day()
        member = draw(st.sampled_from(["m-0", None]))
        more = {"role": "substitute", "substitute_for": member, "starts_on": starts}
        return a_member(f"s-{number}", **more, ends_on=may_be(max(starts, day())))

    seats = [
        a_seat("verband", exactly("awo"), carry_over=draw(st.booleans()), starts_on=may_be(day())),
        a_seat("fraktionen", PER_GROUP, ends_on=may_be(day())),
    ]
    rules = [
        a_rule("regel", {"kind": "size", "minimum": 4}, starts_on=may_be(day())),
        a_rule("stellvertretung", {"kind": "substitutes"}, starts_on=may_be(day())),
    ]
    days = {"fraktion-a": {"ends_on": may_be(day())}, "fraktion-b": {"starts_on": may_be(day())}}
    members = [member(n) for n in range(draw(st.integers(0, 5)))]
    members += [substitute(n) for n in range(draw(st.integers(0, 2)))]
    return a_roster(seats, members, rules, days)
