"""Counts do not contradict those among whom they are counted, and what results leave is no few."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participants import (
    EmploymentStatus,
    ParticipantExit,
    ParticipantFacts,
    SixMonths,
)
from services.kit.problems import Conflict
from services.projects.counted_among.rules import check, contradictions, uncounted
from services.projects.participants.rules import codes
from services.projects.participation.rules import Counts, Place, Span, values_of
from services.projects.participation_editions.rules import hidden

Y23, Y24 = (date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))
Y25 = (date(2025, 1, 1), date(2025, 12, 31))
H1, H2 = (date(2024, 1, 1), date(2024, 6, 30)), (date(2024, 7, 1), date(2024, 12, 31))
ALL = EsfCode.EECO01
Table = dict[tuple[Span, str], int | None]


def table(amounts: Table, men: int | None = 0) -> Counts:
    """Women of each span and code."""
    return {
        (span, EsfCode(code)): {"women": women, "men": men, "non_binary": 0}
        for (span, code), women in amounts.items()
    }


def wrong(amounts: Table) -> list[tuple[str, str, str]]:
    return [
        (" ".join(one.codes), one.until.isoformat(), one.gender)
        for one in contradictions(table(amounts))
    ]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({(Y24, "EECO01"): 20, (Y24, "EECO12"): 20}, []),
        ({(Y24, "EECO01"): 20, (Y24, "EECO12"): 21}, [("EECO12", "2024-12-31", "women")]),
        ({(Y24, "EECO02"): 5, (Y24, "EECO03"): 6}, [("EECO03", "2024-12-31", "women")]),
        (
            {(Y24, "EECO01"): 20, (Y24, "EECO09"): 11, (Y24, "EECO11"): 10},
            [("EECO09 EECO11", "2024-12-31", "women")],
        ),
        ({(Y24, "EECO01"): 20, (Y24, "EECO09"): 5, (Y24, "EECO11"): 10}, []),
        (
            {(Y24, "EECO01"): 20, **{(Y24, f"EECO0{n}"): 5 for n in (2, 4, 5)}},
            [("EECO02 EECO04 EECO05", "2024-12-31", "women")],
        ),
        ({(Y24, "EECO01"): 20, (Y24, "EECO02"): 5, (Y24, "EECO04"): 5}, []),
        ({(Y23, "EECO01"): 5, (Y24, "EECO01"): 9, (Y24, "EECO12"): 9}, []),
        ({(Y24, "EECO01"): None, (Y24, "EECO12"): 21}, []),
    ],
)
def test_nobody_is_counted_as_something_who_is_not_counted(
    amounts: Table, expected: list[tuple[str, str, str]]
) -> None:
    assert wrong(amounts) == expected


@pytest.mark.parametrize("code", [code for code in EsfCode if not code.is_output])
def test_results_are_at_most_those_who_entered_until_then(code: EsfCode) -> None:
    entered: Table = {(Y23, "EECO01"): 30, (Y24, "EECO01"): 10}
    late: Table = {**entered, (Y23, code): 5, (Y24, code): 35}
    assert wrong(late) == [], "30 who entered in 2023 leave in 2024"
    assert wrong({**late, (Y24, code): 36}) == [(code, "2024-12-31", "women")]
    early = {**entered, (Y23, code): 31, (Y24, code): 1}
    assert wrong(early) == [(code, "2023-12-31", "women")], "40 in all, but not then"
    assert wrong({**entered, (Y25, code): 40}) == [], (
        "six months later, when nobody enters any more"
    )
    assert wrong({**entered, (Y25, code): 41}) == [(code, "2025-12-31", "women")]
    assert wrong({**entered, (H1, code): 40}) == [], "nobody knows how many entered until June"
    assert wrong({(Y24, "EECO01"): None, (Y24, code): 99}) == []


@pytest.mark.parametrize(
    "unknown",
    [
        {(Y23, "EECO01"): None},
        {},
        {(Y23, "EECO02"): 3},
        {(Y23, "EECO02"): 3, (Y23, "EECO04"): None, (Y23, "EECO05"): 2},
    ],
)
def test_results_of_years_whose_entrants_are_not_known_contradict_nothing(unknown: Table) -> None:
    results: Table = {(Y23, "EECR03"): 8, (Y24, "EECR03"): 8}
    assert wrong({**unknown, **results, (Y24, "EECO01"): 10}) == []
    known: Table = {(Y23, "EECO01"): 5, (Y24, "EECO01"): 10}
    both = [("EECR03", "2023-12-31", "women"), ("EECR03", "2024-12-31", "women")]
    assert wrong({**unknown, **results, **known}) == both, "once they are known they do"


def test_entrants_that_are_not_known_later_excuse_nothing_before() -> None:
    later: Table = {(Y23, "EECO01"): 7, (Y24, "EECO01"): None}
    assert wrong({**later, (Y23, "EECR03"): 8}) == [("EECR03", "2023-12-31", "women")]
    assert wrong({**later, (H1, "EECR03"): 8}) == [], "in 2024 more may have entered"
    assert wrong({(Y23, "EECO01"): 7, (Y24, "EECO12"): 2, (Y24, "EECR03"): 8}) == []
    half = {(H1, "EECO01"): 4, (H2, "EECO01"): 3, (Y24, "EECR03"): 8}
    assert wrong(half) == [("EECR03", "2024-12-31", "women")], "the halves make the year"


def test_results_between_two_years_of_which_the_entrants_are_known_may_be_of_others() -> None:
    told: Table = {(Y23, "EECO01"): 5, (Y25, "EECO01"): 5}
    assert wrong({**told, (Y24, "EECR03"): 11}) == []
    assert wrong({**told, (Y25, "EECR03"): 11}) == [("EECR03", "2025-12-31", "women")]


def test_what_is_not_known_is_kept_from_no_reader_less() -> None:
    few: Table = {(Y23, "EECO01"): None, (Y24, "EECO01"): 100, (Y24, "EECR03"): 98}
    assert not tells(few)


def test_results_are_held_against_the_employment_status_too() -> None:
    status: Table = {(Y24, "EECO02"): 4, (Y24, "EECO04"): 3, (Y24, "EECO05"): 2}
    assert wrong({**status, (Y24, "EECR03"): 9}) == []
    assert wrong({**status, (Y24, "EECR03"): 10}) == [("EECR03", "2024-12-31", "women")]


def test_results_of_people_whom_nobody_has_counted_are_incomplete() -> None:
    assert uncounted(table({(Y24, "EECR03"): 9, (Y24, "EECO12"): 20})) == [EsfCode.EECR03]
    assert uncounted(table({(Y24, "EECR03"): 9, (Y24, "EECO01"): 20})) == []
    assert uncounted(table({(Y24, "EECO12"): 20})) == []


def test_every_contradiction_is_said_and_no_number_with_it() -> None:
    with pytest.raises(Conflict) as refused:
        check(table({(Y24, "EECO01"): 77, (Y24, "EECO12"): 88, (Y24, "EECR03"): 99}))
    assert [(fault.code, fault.detail) for fault in refused.value.faults] == [
        ("more_than_there_are", "More are EECO12 than EECO01 until 2024-12-31 (women)."),
        ("more_than_there_are", "More are EECR03 than EECO01 until 2024-12-31 (women)."),
    ]
    with pytest.raises(Conflict) as refused:
        check(table({(Y24, "EECR03"): 9}))
    assert [fault.code for fault in refused.value.faults] == ["nobody_counted"]
    check(table({(Y24, "EECO01"): 77, (Y24, "EECO12"): 77, (Y24, "EECR03"): 77}))


def tells(amounts: Table) -> bool:
    """Are all of these women shown, though they leave few?"""
    counts = table(amounts, men=60)
    away = hidden(counts, 5)
    return not any(Place(span, code, "women") in away for span, code in counts)


@pytest.mark.parametrize("code", [code for code in EsfCode if not code.is_output])
def test_who_had_no_result_is_not_told_if_they_are_few(code: EsfCode) -> None:
    assert not tells({(Y24, "EECO01"): 100, (Y24, code): 98})
    assert tells({(Y24, "EECO01"): 100, (Y24, code): 95})
    assert tells({(Y24, "EECO01"): 100, (Y24, code): 100}), "all of them: nobody stands out"


def test_few_without_a_result_are_few_also_in_the_years_before_many_came() -> None:
    entered: Table = {(Y23, "EECO01"): 60, (Y24, "EECO01"): 40, (Y25, "EECO01"): 50}
    left: Table = {(Y23, "EECR04"): 30, (Y25, "EECR04"): 20}
    assert not tells({**entered, **left, (Y24, "EECR04"): 68}), "of 100 until 2024 two"
    assert tells({**entered, **left, (Y24, "EECR04"): 58})


def test_looking_for_work_and_being_in_work_leave_those_who_are_neither() -> None:
    assert not tells({(Y24, "EECO01"): 100, (Y24, "EECR01"): 38, (Y24, "EECR04"): 60})
    assert tells({(Y24, "EECO01"): 100, (Y24, "EECR03"): 38, (Y24, "EECR04"): 60})


def test_what_families_of_codes_leave_is_told_in_no_spans() -> None:
    """2023 leaves many, so that the sum over all years tells nothing; one is left of 2024."""
    before: Table = {(Y23, "EECO01"): 90, **{(Y23, f"EECO0{n}"): 10 for n in (6, 7, 8)}}
    ages: Table = {(H1, "EECO06"): 15, (H2, "EECO06"): 15, (Y24, "EECO07"): 30}
    ages |= {(H1, "EECO08"): 20, (H2, "EECO08"): 19}
    assert not tells({**before, **ages, (Y24, "EECO01"): 100}), "one is 30 to 54 years old"
    assert tells({**before, **ages, (Y24, "EECO01"): 105})


STATUSES = st.sampled_from([*EmploymentStatus])


@given(st.lists(st.tuples(STATUSES, st.integers(2022, 2024), st.integers(0, 2)), max_size=12))
def test_counted_persons_never_contradict_themselves(
    people: list[tuple[EmploymentStatus, int, int]],
) -> None:
    """Whoever enters and leaves when: made of persons, counts are fit to be published."""
    found: dict[tuple[Span, EsfCode], dict[str, int | None]] = {}
    for status, year, stays in people:
        facts = ParticipantFacts(
            entered_on=date(year, 5, 1),
            gender="women",
            employment=status,
            unemployed_months=7 if status is EmploymentStatus.unemployed else None,
            education="isced_3_4",
            erase_on=date(2090, 1, 1),
        )
        gone = ParticipantExit(
            exited_on=date(year + stays, 6, 1), qualification=True, employed=True
        )
        for when, code in codes(facts, 40, gone, SixMonths(employed=True, improved=True)):
            span = (date(when, 1, 1), date(when, 12, 31))
            by = found.setdefault((span, code), {"women": 0, "men": 0, "non_binary": 0})
            by["women"] = (by["women"] or 0) + 1
    assert contradictions(found) == []
    assert uncounted(found) == []
    assert (None, ALL) in {(p.span, p.code) for p in values_of(found)} or not people
