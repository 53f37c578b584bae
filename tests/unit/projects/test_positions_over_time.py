"""Positions over time: gaps and caps agree with a simulation that looks at each day."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.grants import GrantState
from services.contracts.projects.position_gaps import GapKind, PositionGap
from services.contracts.projects.positions import NewPosition, Position
from services.kit.problems import Conflict
from services.projects.position_gaps.rules import Funding, gaps
from services.projects.positions.rules import Held, Load, check_cap, eligible_part, loads
from services.projects.succession.rules import line, years

START = date(2023, 1, 1)
LENGTH = 40
OFFSETS = st.integers(0, LENGTH - 1)
TURNS = st.sampled_from([0, 9, 10, 11, 19, 20, 29, 30])
"""Days that lie side by side, so that money ends where other money begins."""
STORED = {
    "id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
    "revision": 1,
    "created_at": "2023-01-01T00:00:00Z",
    "changed_at": "2023-01-01T00:00:00Z",
}
PAYING = (GrantState.granted, GrantState.closed)


def day(offset: int | None) -> date | None:
    return None if offset is None else START + timedelta(offset)


def position(funding: list[dict[str, Any]], ends: int | None = LENGTH - 1, **more: Any) -> Position:
    body = {"key": "s1", "title": {"de": "Stelle"}, "employer": "jena", "project": "p1"}
    days = {"starts_on": START, "ends_on": day(ends)}
    return Position.model_validate(STORED | body | days | {"funding": funding} | more)


def grant(key: str = "g1", **more: Any) -> Funding:
    plain = {"project": "p1", "programme": "r1", "state": GrantState.granted}
    days = {"starts_on": START, "ends_on": day(LENGTH - 1)}
    return Funding(key=key, **{**plain, **days, **more})


@st.composite
def parts(draw: st.DrawFn) -> dict[str, Any]:
    starts = draw(TURNS)
    ends = draw(st.none() | TURNS.filter(lambda n: n >= starts))
    key, share = draw(st.sampled_from(["g1", "g2"])), draw(st.sampled_from([20, 40, 80]))
    return {"grant": key, "share": share, "starts_on": day(starts), "ends_on": day(ends)}


@st.composite
def fundings(draw: st.DrawFn, key: str) -> Funding:
    starts = draw(st.none() | OFFSETS)
    ends = draw(st.none() | st.integers(starts or 0, LENGTH - 1))
    state = draw(st.sampled_from([GrantState.granted, *GrantState]))
    return grant(key, project="elsewhere", starts_on=day(starts), ends_on=day(ends), state=state)


@settings(max_examples=300)
@given(st.lists(parts(), max_size=5), fundings("g1"), fundings("g2"), OFFSETS, OFFSETS)
def test_gaps_are_the_days_on_which_less_is_paid_than_the_day_before(
    funding: list[dict[str, Any]], one: Funding, two: Funding, on: int, within: int
) -> None:
    grants = {"g1": one, "g2": two}
    held = position(funding)
    first, horizon = START + timedelta(on), START + timedelta(on + within)

    def paid(on_day: date) -> Decimal:
        total = Decimal(0)
        for part in held.funding:
            given_ = grants[part.grant]
            begun = part.starts_on <= on_day and (given_.starts_on or date.min) <= on_day
            lasting = on_day <= min(part.ends_on or date.max, given_.ends_on or date.max)
            if begun and lasting and given_.state in PAYING:
                total += part.share
        return total

    expected = set()
    for n in range(1, LENGTH):
        here = START + timedelta(n)
        before, after = paid(here - timedelta(1)), paid(here)
        if after < before and here <= horizon:
            rest = [START + timedelta(m) for m in range(n + 1, LENGTH)]
            back = next((later for later in rest if paid(later) >= before), None)
            until = back - timedelta(1) if back else held.ends_on
            if until is not None and until >= first:
                expected.add((here, until, before - after))
    found = gaps(held, grants, {}, first, horizon)
    drops = {(g.day, g.until, g.share) for g in found if g.kind is GapKind.funding_ends}
    assert drops == expected


def only(found: list[PositionGap]) -> PositionGap:
    (gap,) = found
    return gap


FUNDED = [{"grant": "g1", "share": 80, "starts_on": START, "ends_on": None}]
BEFORE = START
FAR = START + timedelta(400)


def test_a_position_that_ends_without_a_following_notice_is_a_gap() -> None:
    gap = only(gaps(position(FUNDED, count=4), {"g1": grant()}, {}, BEFORE, FAR))
    assert (gap.kind, gap.day, gap.fte, gap.share) == (
        GapKind.position_ends,
        START + timedelta(LENGTH),
        4,
        80,
    )
    assert (gap.ended, gap.granted, gap.applied, gap.until) == (["g1"], [], [], None)


def test_a_following_grant_closes_the_gap_and_an_application_does_not() -> None:
    days = {"starts_on": day(LENGTH), "ends_on": day(3 * LENGTH)}
    follows = grant("g2", programme="r2", project="p2", **days)
    successors = {"r1": ["r2"]}
    assert not gaps(position(FUNDED), {"g1": grant(), "g2": follows}, successors, BEFORE, FAR)
    applied = grant("g2", programme="r2", project="p2", state=GrantState.applied, **days)
    gap = only(gaps(position(FUNDED), {"g1": grant(), "g2": applied}, successors, BEFORE, FAR))
    assert (gap.applied, gap.successor_programmes) == (["g2"], ["r2"])
    stranger = grant("g2", programme="r3", project="p2", **days)
    gap = only(gaps(position(FUNDED), {"g1": grant(), "g2": stranger}, successors, BEFORE, FAR))
    assert (gap.granted, gap.successor_programmes) == ([], ["r2"])


@pytest.mark.parametrize(
    ("begins", "until"),
    [
        ([LENGTH], "closed"),
        ([LENGTH + 1], day(LENGTH)),
        ([None], "closed"),
        ([LENGTH + 9, LENGTH + 5], day(LENGTH + 4)),
        ([LENGTH + 9, LENGTH], "closed"),
    ],
)
def test_a_grant_that_begins_only_later_leaves_a_gap_until_then(
    begins: list[int | None], until: date | str | None
) -> None:
    """The whole time without money was once no gap, because something was granted for later."""
    following = {
        key: grant(key, starts_on=day(first), ends_on=day(5 * LENGTH))
        for key, first in zip(("g2", "g3"), begins, strict=False)
    }
    found = gaps(position(FUNDED), {"g1": grant(), **following}, {}, BEFORE, FAR)
    if until == "closed":
        assert found == []
    else:
        gap = only(found)
        assert (gap.day, gap.until, gap.granted) == (day(LENGTH), until, sorted(following))


def test_a_grant_that_is_over_before_does_not_follow() -> None:
    over = grant("g0", starts_on=day(-400), ends_on=day(LENGTH - 1))
    gap = only(gaps(position(FUNDED), {"g1": grant(), "g0": over}, {}, BEFORE, FAR))
    assert gap.granted == []
    lasts = grant("g0", starts_on=day(-400), ends_on=day(LENGTH))
    assert not gaps(position(FUNDED), {"g1": grant(), "g0": lasts}, {}, BEFORE, FAR)


def test_where_nobody_says_who_pays_the_grants_of_the_project_count() -> None:
    gap = only(gaps(position([]), {"g1": grant()}, {}, BEFORE, FAR))
    assert (gap.ended, gap.share) == (["g1"], None)
    assert not gaps(position([]), {"g1": grant(project="p2")}, {}, BEFORE, FAR)
    assert not gaps(position([], ends=None), {"g1": grant()}, {}, BEFORE, FAR)


def test_who_pays_as_much_from_the_next_day_leaves_no_gap_and_who_pays_nothing_ends_nothing() -> (
    None
):
    grants = {"g1": grant(), "g2": grant("g2", project="p2")}
    until = {"grant": "g1", "share": 80, "starts_on": START, "ends_on": day(9)}
    then = {"grant": "g2", "share": 80, "starts_on": day(10)}
    assert not gaps(position([until, then], ends=None), grants, {}, BEFORE, day(20) or FAR)
    less = {**then, "share": 60}
    gap = only(gaps(position([until, less], ends=None), grants, {}, BEFORE, day(20) or FAR))
    assert (gap.kind, gap.day, gap.share, gap.ended) == ("funding_ends", day(10), 20, ["g1"])
    nothing = {**until, "share": 0, "ends_on": None}
    assert not gaps(position([nothing]), grants, {}, BEFORE, FAR)
    gap = only(gaps(position([{**nothing, "grant": "g2"}, *FUNDED]), grants, {}, BEFORE, FAR))
    assert (gap.ended, gap.share) == (["g1"], 80)


def test_a_gap_is_there_until_its_last_day() -> None:
    paid = [
        {"grant": "g1", "share": 80, "starts_on": START, "ends_on": day(9)},
        {"grant": "g1", "share": 80, "starts_on": day(20), "ends_on": None},
    ]
    for on, kinds in ((19, ["funding_ends"]), (20, [])):
        there = gaps(
            position(paid, ends=None), {"g1": grant(ends_on=None)}, {}, START + timedelta(on), FAR
        )
        assert [gap.kind for gap in there] == kinds


def test_what_is_past_or_too_far_is_no_gap_now() -> None:
    after = START + timedelta(LENGTH + 1)
    assert not gaps(position(FUNDED), {"g1": grant()}, {}, after, after)
    soon = START + timedelta(LENGTH - 1)
    assert not gaps(position(FUNDED), {"g1": grant()}, {}, BEFORE, soon)


@pytest.mark.parametrize(
    ("shares", "rates", "part"),
    [
        ({"g1": 80}, {"g1": 80}, 1),
        ({"g1": 40}, {"g1": 80}, "0.5"),
        ({"g1": 80, "g2": 20}, {"g1": 80, "g2": 80}, 1),
        ({"g1": 20, "g2": 20}, {"g1": 80, "g2": 80}, "0.5"),
        ({"g1": 10}, {"g1": None}, 1),
        ({"g1": 0}, {"g1": None}, 0),
        ({}, {"g1": 80}, 0),
    ],
)
def test_a_share_of_the_rate_is_a_part_of_the_position(
    shares: dict[str, int], rates: dict[str, int | None], part: Any
) -> None:
    given_ = {key: Decimal(share) for key, share in shares.items()}
    known = {key: None if rate is None else Decimal(rate) for key, rate in rates.items()}
    assert eligible_part(given_, known) == Decimal(part)


@given(st.lists(parts(), max_size=4), st.integers(1, 4), st.integers(1, 6))
def test_the_cap_is_broken_exactly_when_some_day_has_too_many(
    funding: list[dict[str, Any]], count: int, limit: int
) -> None:
    new = NewPosition.model_validate(
        {
            "key": "s1",
            "title": {"de": "Stelle"},
            "employer": "jena",
            "starts_on": START,
            "ends_on": day(LENGTH - 1),
            "count": count,
            "funding": funding,
        }
    )
    rates = {"g1": Decimal(80)}
    caps = [Load(START + timedelta(10), START + timedelta(20), Decimal(limit))]

    def taken(on_day: date) -> Decimal:
        lasting = [
            part.share
            for part in new.funding
            if part.grant == "g1" and part.starts_on <= on_day <= (part.ends_on or date.max)
        ]
        return count * min(sum(lasting, Decimal(0)) / 80, Decimal(1))

    days = [START + timedelta(n) for n in range(10, 21)]
    other = Load(START, START + timedelta(15), Decimal(1))
    broken = any(taken(here) + (other.fte if here <= other.ends_on else 0) > limit for here in days)
    mine = loads(new, rates)
    if broken:
        with pytest.raises(Conflict) as refused:
            check_cap(Held("r1", caps), mine, [], [other])
        assert [fault.code for fault in refused.value.faults] == ["above_cap"]
    else:
        check_cap(Held("r1", caps), mine, [], [other])


def test_what_makes_nothing_worse_is_no_breach() -> None:
    """A cap that was lowered later does not keep anybody from correcting a position."""
    caps = [Load(START, date.max, Decimal(2))]
    four, three = [[Load(START, date.max, Decimal(n))] for n in (4, 3)]
    check_cap(Held("r1", caps), three, four, [])
    with pytest.raises(Conflict):
        check_cap(Held("r1", caps), four, three, [])


def test_a_notice_lifts_or_lowers_the_cap_for_its_time_and_not_a_day_longer() -> None:
    def held(most: int, said: list[Load]) -> bool:
        load = [Load(START, START + timedelta(days=20), Decimal(most))]
        try:
            check_cap(Held("r1", [Load(date.min, date.max, Decimal(4))], said), load, [], [])
        except Conflict:
            return False
        return True

    def until(offset: int, most: int) -> list[Load]:
        return [Load(START, START + timedelta(days=offset), Decimal(most))]

    assert held(5, until(20, 5))
    assert not held(6, until(20, 5))
    assert not held(5, until(19, 5)), "the programme's four hold on the day after"
    assert not held(5, [])
    assert not held(3, until(20, 2))
    assert not held(3, until(0, 2)), "on the first day"
    assert not held(1, until(20, 0)), "none is a number"


@pytest.mark.parametrize(
    ("on", "within", "told"),
    [(20, 0, True), (21, 0, False), (10, 10, True), (10, 9, False), (0, 39, True)],
)
def test_the_end_of_a_position_is_told_up_to_the_day_on_which_it_is_there(
    on: int, within: int, told: bool
) -> None:
    """The position ends on the nineteenth; the gap is there from the twentieth on."""
    held = position([], ends=19)
    first = START + timedelta(on)
    found = gaps(held, {"g1": grant(ends_on=day(19))}, {}, first, first + timedelta(within))
    assert [(gap.kind, gap.day, gap.ended) for gap in found] == (
        [(GapKind.position_ends, day(20), ["g1"])] if told else []
    )


def test_only_money_of_its_project_that_ends_with_it_ends_a_position_nobody_pays_by_name() -> None:
    first, horizon = START, START + timedelta(39)

    def ended(grants: dict[str, Funding], **more: Any) -> list[list[str]]:
        found = gaps(position([], ends=19, **more), grants, {}, first, horizon)
        return [gap.ended for gap in found]

    assert ended({"g1": grant(ends_on=None)}) == [["g1"]], "nobody knows that it goes on"
    assert ended({"g1": grant(ends_on=day(19))}) == [["g1"]]
    assert ended({"g1": grant(ends_on=day(20))}) == []
    several = {
        "g1": grant(ends_on=day(10)),
        "g2": grant("g2", project="elsewhere", ends_on=day(10)),
        "g3": grant("g3", state=GrantState.applied, ends_on=day(10)),
    }
    assert ended(several) == [["g1"]]
    assert ended({"g1": grant(project=None, ends_on=day(10))}, project=None) == []


def test_a_line_goes_back_and_forth_and_ends() -> None:
    before = {"a": None, "b": "a", "c": "b", "d": "b", "x": None, "e": "gone"}
    assert line("b", before) == ["a", "b", "c", "d"]
    assert line("a", before) == ["a", "b", "c", "d"]
    assert line("c", before) == ["a", "b", "c"]
    assert line("x", before) == ["x"]
    assert line("e", before) == ["e"]
    assert sorted(line("a", {"a": "b", "b": "a"})) == ["a", "b"]


def test_a_year_without_a_grant_is_empty_and_an_unknown_day_is_no_year() -> None:
    spans = [
        ("first", date(2016, 6, 1), date(2018, 12, 31)),
        ("second", date(2020, 1, 1), None),
        ("third", None, date(2020, 12, 31)),
        ("nowhere", None, None),
    ]
    assert years(spans) == {
        2016: ["first"],
        2017: ["first"],
        2018: ["first"],
        2019: [],
        2020: ["second", "third"],
    }
    assert years([]) == years([("nowhere", None, None)]) == {}


def test_an_extra_cap_is_nothing_on_a_day_for_which_nobody_says_one() -> None:
    caps = [Load(START, START + timedelta(9), Decimal("0.5"))]
    extra = Held("r1", caps, scope="praeventionsketten")
    half = [Load(START, START + timedelta(9), Decimal("0.5"))]
    check_cap(extra, half, [], [])
    longer = [half[0]._replace(ends_on=START + timedelta(10))]
    with pytest.raises(Conflict, match=r"\(praeventionsketten\).*; it funds 0\.$"):
        check_cap(extra, longer, [], [])
    check_cap(Held("r1", caps), longer, [], [])
