"""Whom organisations must name, by when and why."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings

from services.boards.nominations.rules import Needed, needed
from services.boards.nominations.words import sentence
from services.boards.rosters.rules import Roster
from services.boards.tenures.rules import months_later
from services.contracts.boards.memberships import Membership
from services.contracts.boards.nominations import NominationReason
from tests.unit.boards.rosters import (
    OFFICER,
    ON,
    ORGANISATIONS,
    PER_GROUP,
    SCIENCE,
    a_member,
    a_roster,
    a_rule,
    a_seat,
    exactly,
    rosters,
)

UNTIL = months_later(ON, 12)


def told(roster: Roster) -> list[tuple[str | None, int, str, str]]:
    """Whose place, how many, by when, why."""
    return [
        (one.what.organisation or one.kind, one.count, str(one.due_on), one.reason.value)
        for one in needed(roster, ON, UNTIL)
    ]


def said(roster: Roster) -> list[tuple[str, str]]:
    texts = [sentence(one, roster) for one in needed(roster, ON, UNTIL)]
    return [(text["de"], text["en"]) for text in texts]


def test_what_is_missing_today_is_overdue_since_it_is_missing() -> None:
    seats = [
        a_seat("verband", exactly("awo", 2)),
        a_seat("bleibt", exactly("uni"), carry_over=True),
        a_seat("endet", exactly("kammer")),
        a_seat("wissenschaft", SCIENCE),
        a_seat("amt", OFFICER, starts_on="2025-12-01"),
    ]
    over = {"term_ends_on": "2025-10-31"}
    members = [
        a_member("m-1", "verband", ends_on="2025-11-30"),
        a_member("m-2", "bleibt", **over),
        a_member("m-3", "endet", **over),
    ]
    roster = a_roster(seats, members)
    assert told(roster) == [
        ("science", 1, "None", "vacant"),
        ("uni", 1, "2025-11-01", "carried_over"),
        ("kammer", 1, "2025-11-01", "lapsed"),
        ("amt", 1, "2025-12-01", "vacant"),
        ("awo", 2, "2025-12-01", "vacant"),
    ]
    assert all(one.overdue for one in needed(roster, ON, UNTIL))
    assert said(roster) == [
        (
            "Für „Wissenschaft“ (Beirat) ist jemand zu benennen: Der Platz ist frei.",
            "For “Wissenschaft seat” (Beirat) somebody must be named: the place is free.",
        ),
        (
            "Für „Bleibt“ (Beirat) ist jemand zu benennen: Die Amtszeit endete am 31. Oktober "
            "2025, das Amt läuft nur weiter, bis jemand folgt.",
            "For “Bleibt seat” (Beirat) somebody must be named: the term ended on 31 October 2025, "
            "its holder stays only until somebody follows.",
        ),
        (
            "Für „Endet“ (Beirat) ist jemand zu benennen: Die Amtszeit endete am 31. Oktober 2025.",
            "For “Endet seat” (Beirat) somebody must be named: the term ended on 31 October 2025.",
        ),
        (
            "Für „Amt“ (Beirat) ist jemand zu benennen: Der Platz ist seit dem 1. Dezember 2025 "
            "frei.",
            "For “Amt seat” (Beirat) somebody must be named: the place has been free since "
            "1 December 2025.",
        ),
        (
            "Für „Verband“ (Beirat) sind 2 Personen zu benennen: Der Platz ist seit dem "
            "1. Dezember 2025 frei.",
            "For “Verband seat” (Beirat) 2 people must be named: the place has been free since "
            "1 December 2025.",
        ),
    ]


def test_what_falls_due_in_the_months_ahead_says_by_when() -> None:
    seats = [
        a_seat("verband", exactly("awo", 2)),
        a_seat("fraktionen", PER_GROUP),
        a_seat("spaeter", exactly("uni"), starts_on="2027-06-01"),
    ]
    members = [
        a_member("m-1", "verband", term_ends_on="2026-06-30"),
        a_member("m-2", "verband", ends_on="2026-08-31"),
        *(a_member(f"m-{n}", "fraktionen", f"fraktion-{n}") for n in "ab"),
    ]
    roster = a_roster(seats, members, ended={"fraktion-c": {"starts_on": "2026-10-01"}})
    assert told(roster) == [
        ("awo", 1, "2026-07-01", "term_ends"),
        ("awo", 1, "2026-09-01", "leaves"),
        ("fraktion-c", 1, "2026-10-01", "new_place"),
    ]
    assert said(roster) == [
        (
            "Für „Verband“ (Beirat) ist bis zum 30. Juni 2026 jemand zu benennen: Dann endet die "
            "Amtszeit.",
            "For “Verband seat” (Beirat) somebody must be named by 30 June 2026: the term ends "
            "then.",
        ),
        (
            "Für „Verband“ (Beirat) ist bis zum 31. August 2026 jemand zu benennen: Dann wird der "
            "Platz frei.",
            "For “Verband seat” (Beirat) somebody must be named by 31 August 2026: the place "
            "becomes free then.",
        ),
        (
            "Für „Fraktionen“ (Beirat) ist zum 1. Oktober 2026 jemand zu benennen: Der Platz kommt "
            "hinzu.",
            "For “Fraktionen seat” (Beirat) somebody must be named for 1 October 2026: the place "
            "is added.",
        ),
    ]


def test_nobody_is_asked_for_who_is_known_already() -> None:
    seat = a_seat("verband", exactly("awo"), carry_over=True)
    members = [
        a_member("m-1", "verband", term_ends_on="2025-12-31"),
        a_member("m-2", "verband", starts_on="2026-05-01"),
    ]
    assert told(a_roster([seat], members)) == []


def test_a_place_is_asked_for_although_it_will_not_last_for_ever() -> None:
    seat = a_seat("fraktionen", PER_GROUP, ends_on="2029-06-30")
    ends = {f"fraktion-{n}": {"ends_on": "2029-05-31"} for n in "abc"}
    roster = a_roster([seat], ended=ends, ends_on="2030-12-31")
    assert [one[:2] for one in told(roster)] == [(f"fraktion-{n}", 1) for n in "abc"]


def test_a_group_that_has_ended_is_asked_for_nothing() -> None:
    seat = a_seat("fraktionen", PER_GROUP)
    members = [a_member(f"m-{n}", "fraktionen", f"fraktion-{n}") for n in "abc"]
    days = {"fraktion-c": {"ends_on": "2026-05-31"}}
    assert told(a_roster([seat], members, ended=days)) == []


def test_substitutes_are_asked_for_where_a_rule_wants_them() -> None:
    seat = a_seat("fraktionen", PER_GROUP)
    members = [a_member(f"m-{n}", "fraktionen", f"fraktion-{n}") for n in "abc"]
    stands = [
        a_member(f"s-{n}", role="substitute", substitute_for=f"m-{n}", ends_on=day)
        for n, day in (("a", None), ("b", "2026-06-30"))
    ]
    rules = [a_rule("regel", {"kind": "substitutes"})]
    roster = a_roster([seat], [*members, *stands], rules)
    assert told(roster) == [
        ("fraktion-c", 1, "None", "substitute"),
        ("fraktion-b", 1, "2026-07-01", "substitute"),
    ]
    assert said(roster)[0] == (
        "Für „Fraktionen“ (Beirat) ist eine Stellvertretung zu benennen: Jedes Mitglied braucht "
        "eine.",
        "For “Fraktionen seat” (Beirat) a substitute must be named: every member needs one.",
    )
    assert said(roster)[1][0].startswith(
        "Für „Fraktionen“ (Beirat) ist zum 1. Juli 2026 eine Stellvertretung zu benennen"
    )


def test_names_with_braces_are_names() -> None:
    seat = a_seat("verband", exactly("awo")).model_copy(update={"name": {"de": "{n}{x"}})
    assert said(a_roster([seat]))[0][0] == (
        "Für „{n}{x“ (Beirat) ist jemand zu benennen: Der Platz ist frei."
    )


def somebody(one: Needed, number: int, roster: Roster) -> list[Membership]:
    of_kind = [key for key, (kind, _) in ORGANISATIONS.items() if kind == one.kind]
    sender = one.what.organisation or next(iter(of_kind), None)
    begins = max(one.due_on or ON, ON)
    new = {"starts_on": begins}
    if not one.what.substitutes:
        return [a_member(f"new-{number}", one.what.seat, sender, **new)]
    return [
        a_member(f"new-{number}-{m.key}", role="substitute", substitute_for=m.key, **new)
        for m in roster.members
    ]


@settings(deadline=None)
@given(rosters())
def test_who_names_whom_is_asked_for_is_asked_no_more(roster: Roster) -> None:
    asked = needed(roster, ON, UNTIL)
    new = [m for number, one in enumerate(_each(asked)) for m in somebody(one, number, roster)]
    done = Roster(
        roster.body, roster.seats, roster.rules, [*roster.members, *new], roster.organisations
    )
    assert [one for one in needed(done, ON, UNTIL) if not one.what.substitutes] == []


@settings(deadline=None)
@given(rosters())
def test_what_is_due_later_is_asked_for_later(roster: Roster) -> None:
    early = needed(roster, ON, ON + timedelta(days=100))
    assert early == [one for one in needed(roster, ON, UNTIL) if _within(one)]
    assert {one.reason for one in early} <= set(NominationReason)


def _within(one: Needed) -> bool:
    return one.overdue or (one.due_on or date.min) <= ON + timedelta(days=100)


def _each(asked: Any) -> list[Needed]:
    return [one for one in asked for _ in range(one.count)]
