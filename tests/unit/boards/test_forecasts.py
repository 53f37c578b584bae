"""What the next months bring for a body."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.boards.composition.rules import findings
from services.boards.forecasts.rules import changes
from services.boards.forecasts.words import told as event_for
from services.boards.rosters.rules import Roster, Sight
from services.boards.tenures.rules import months_later
from services.contracts.boards.forecasts import ForecastCode
from tests.unit.boards.rosters import (
    ON,
    PER_GROUP,
    a_member,
    a_roster,
    a_rule,
    a_seat,
    everything,
    exactly,
    rosters,
)

UNTIL = months_later(ON, 12)
Told = tuple[str, list[str], list[tuple[str, str | None]], list[tuple[str, str | None]]]


def told(roster: Roster) -> list[Told]:
    """Day, what happens, what is wrong from then on, what is not any more."""
    return [
        (
            str(change.on),
            [event.code.value for event in change.events],
            [(one.code.value, one.organisation or one.seat or one.rule) for one in change.appears],
            [(one.code.value, one.organisation or one.seat) for one in change.disappears],
        )
        for change in changes(roster, ON, UNTIL)
    ]


def test_a_term_ends_and_the_place_is_empty_or_carried_over() -> None:
    over = {"term_ends_on": "2026-06-30"}
    seats = [a_seat("bleibt", exactly("awo"), carry_over=True), a_seat("endet", exactly("uni"))]
    members = [a_member("m-1", "bleibt", **over), a_member("m-2", "endet", **over)]
    assert told(a_roster(seats, members)) == [
        (
            "2026-07-01",
            ["carry_over_begins", "term_ended"],
            [("carried_over", "awo"), ("lapsed", "uni")],
            [],
        )
    ]


def test_somebody_leaves_and_somebody_follows() -> None:
    seat = a_seat("verband", exactly("awo"))
    members = [
        a_member("m-1", "verband", ends_on="2026-03-31"),
        a_member("m-2", "verband", starts_on="2026-05-01"),
    ]
    assert told(a_roster([seat], members)) == [
        ("2026-04-01", ["membership_ended"], [("vacant", "awo")], []),
        ("2026-05-01", ["membership_begins"], [], [("vacant", "awo")]),
    ]


def test_an_election_changes_the_groups() -> None:
    seat = a_seat("fraktionen", PER_GROUP)
    members = [a_member(f"m-{n}", "fraktionen", f"fraktion-{n}") for n in "ab"]
    days = {"fraktion-b": {"ends_on": "2026-05-31"}, "fraktion-c": {"starts_on": "2026-06-01"}}
    assert told(a_roster([seat], members, ended=days)) == [
        (
            "2026-06-01",
            ["organisation_ended", "organisation_begins"],
            [("vacant", "fraktion-c"), ("sender_ended", "fraktion-b")],
            [],
        )
    ]


def test_seats_rules_and_the_body_itself_come_and_go() -> None:
    seats = [
        a_seat("neu", exactly("awo"), starts_on="2026-02-01"),
        a_seat("alt", exactly("uni"), ends_on="2026-02-28"),
    ]
    size = {"kind": "size", "minimum": 3}
    rules = [a_rule("regel", size, starts_on="2026-04-01", ends_on="2026-04-30")]
    assert told(a_roster(seats, [], rules, ends_on="2026-12-31")) == [
        ("2026-02-01", ["seat_begins"], [("vacant", "awo")], []),
        ("2026-03-01", ["seat_ended"], [], [("vacant", "uni")]),
        ("2026-04-01", ["rule_begins"], [("too_small", "regel")], []),
        ("2026-05-01", ["rule_ended"], [], [("too_small", None)]),
        ("2027-01-01", ["body_ended"], [], [("vacant", "awo")]),
    ]


def test_only_the_days_ahead_are_looked_at() -> None:
    seat = a_seat("verband", exactly("awo"), starts_on=ON)
    members = [a_member("m-1", "verband", ends_on=UNTIL)]
    assert told(a_roster([seat], members)) == []
    assert changes(a_roster([seat], members), date.max - timedelta(days=1), date.max) == []


def test_every_event_is_said_to_those_who_may_see_it() -> None:
    seats = [a_seat("verband", exactly("awo"), carry_over=True, ends_on="2026-11-30")]
    members = [a_member("m-1", "verband", term_ends_on="2026-06-30")]
    days = {"awo": {"ends_on": "2026-08-31"}}
    roster = a_roster(seats, members, ended=days)
    events = [event for change in changes(roster, ON, UNTIL) for event in change.events]
    sight = everything(roster)
    texts = [one.text for event in events if (one := event_for(event, roster, sight))]
    assert [text["de"] for text in texts] == [
        "Eine Amtszeit auf „Verband“ ist zu Ende; das Amt läuft weiter, bis jemand folgt.",
        "AWO besteht nicht mehr.",
        "Der Sitz „Verband“ entfällt.",
    ]
    assert (
        texts[0]["en"]
        == "A term on “Verband seat” is over; its holder stays until somebody follows."
    )
    nothing = Sight(frozenset(), frozenset(), frozenset(), frozenset())
    blind = [event_for(event, roster, nothing) for event in events]
    (shown,) = (one for one in blind if one is not None)
    assert (shown.organisation, shown.text["de"]) == (None, "Eine Organisation besteht nicht mehr.")


@settings(deadline=None)
@given(rosters(), st.integers(0, 365))
def test_adding_the_changes_up_gives_what_is_wrong_on_any_day(roster: Roster, days: int) -> None:
    on = ON + timedelta(days=days)
    wrong = {one.what for one in findings(roster.on(ON))}
    for change in changes(roster, ON, on):
        gone, new = ({one.what for one in of} for of in (change.disappears, change.appears))
        assert gone <= wrong
        assert not new & wrong
        wrong = (wrong - gone) | new
    assert wrong == {one.what for one in findings(roster.on(on))}


def test_every_code_can_happen_to_a_body() -> None:
    seat = a_seat("verband", exactly("awo"), starts_on="2026-02-01", ends_on="2026-12-31")
    carries = a_seat("bleibt", exactly("uni"), carry_over=True)
    over = {"term_ends_on": "2026-06-30"}
    members = [
        a_member("m-1", "verband", starts_on="2026-02-02", ends_on="2026-11-30", **over),
        a_member("m-2", "bleibt", **over),
        a_member("s-1", role="substitute", starts_on="2026-02-02", ends_on="2026-03-31"),
    ]
    rules = [a_rule("regel", {"kind": "size", "minimum": 1}, starts_on=ON, ends_on="2026-03-31")]
    rules.append(a_rule("neu", {"kind": "size", "minimum": 1}, starts_on="2026-03-01"))
    days = {"awo": {"starts_on": "2026-03-01", "ends_on": "2026-12-01"}}
    body = {"starts_on": "2026-01-20", "ends_on": "2026-12-31"}
    found = changes(a_roster([seat, carries], members, rules, days, **body), ON, UNTIL)
    assert {event.code for change in found for event in change.events} == set(ForecastCode)
