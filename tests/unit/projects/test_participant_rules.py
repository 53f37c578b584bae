"""When somebody counts, and as what."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.projects.participants import (
    Education,
    EmploymentStatus,
    ParticipantExit,
    ParticipantFacts,
    ParticipantIdentity,
    SixMonths,
)
from services.projects.participant_follow_ups.rules import due, months_after
from services.projects.participants import rules

FACTS: dict[str, Any] = {
    "entered_on": "2024-03-01",
    "gender": "women",
    "employment": "inactive",
    "education": "isced_3_4",
    "erase_on": "2031-12-31",
}


def facts(**more: Any) -> ParticipantFacts:
    return ParticipantFacts.model_validate({**FACTS, **more})


def entered(years: int = 40, **more: Any) -> set[str]:
    return {code.value for _, code in rules.codes(facts(**more), years, None, None)}


@pytest.mark.parametrize(
    ("years", "months", "long"),
    [
        (24, 6, False),
        (24, 7, True),
        (25, 7, False),
        (25, 12, False),
        (25, 13, True),
        (60, 13, True),
        (17, 0, False),
        (30, None, None),
    ],
)
def test_how_long_is_long_depends_on_the_age(years: int, months: int | None, long: Any) -> None:
    found = rules.long_term(facts(employment="unemployed", unemployed_months=months), years)
    assert found is long
    assert rules.long_term(facts(employment="employed"), years) is False
    assert rules.long_term(facts(employment=None), years) is None


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2000-03-01", "2024-02-29", 23),
        ("2000-03-01", "2024-03-01", 24),
        ("2000-02-29", "2023-02-28", 22),
        ("2000-02-29", "2023-03-01", 23),
        ("2000-02-29", "2024-02-29", 24),
        ("2024-01-01", "2024-01-01", 0),
    ],
)
def test_age_is_counted_in_full_years(born: str, on: str, years: int) -> None:
    assert rules.age(date.fromisoformat(born), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("more", "lacking"),
    [
        ({}, []),
        ({"employment": None}, ["employment"]),
        ({"education": None}, ["education"]),
        ({"education": None, "no_answer": {"education": "Unterlagen fehlen"}}, []),
        ({"employment": "unemployed"}, ["unemployed_months"]),
        ({"employment": "unemployed", "no_answer": {"unemployed_months": "unbekannt"}}, []),
        ({"employment": "unemployed", "unemployed_months": 0}, []),
        ({"employment": None, "education": None}, ["employment", "education"]),
        ({"disability": None, "minority": None}, []),
    ],
)
def test_nobody_counts_before_what_is_asked_of_everybody_is_known(
    more: dict[str, Any], lacking: list[str]
) -> None:
    assert rules.missing(facts(**more)) == lacking
    assert bool(entered(**more)) is not bool(lacking)


@pytest.mark.parametrize(
    "wrong",
    [
        {"erase_on": "2024-03-01"},
        {"employment": "employed", "unemployed_months": 3},
        {"no_answer": {"education": "x"}},
        {"no_answer": {"employment": "x"}},
        {"no_answer": {"gender": "x"}},
        {"education": None, "no_answer": {"education": ""}},
        {"employment": ["unemployed", "inactive"]},
        {"gender": None},
    ],
)
def test_contradictions_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        facts(**wrong)


@pytest.mark.parametrize(
    ("years", "code"),
    [
        (17, "EECO06"),
        (18, "EECO07"),
        (29, "EECO07"),
        (30, None),
        (54, None),
        (55, "EECO08"),
    ],
)
def test_ages_are_those_of_the_annex(years: int, code: str | None) -> None:
    assert entered(years) & {"EECO06", "EECO07", "EECO08"} == ({code} if code else set())


@pytest.mark.parametrize(
    ("months", "expected"), [(13, {"EECO02", "EECO03"}), (12, {"EECO02"}), (None, set())]
)
def test_whoever_is_long_without_work_counts_as_that_too(
    months: int | None, expected: set[str]
) -> None:
    found = entered(employment="unemployed", unemployed_months=months)
    assert found & {"EECO02", "EECO03"} == expected
    excused = entered(employment="unemployed", no_answer={"unemployed_months": "Akte fehlt"})
    assert excused & {"EECO02", "EECO03"} == {"EECO02"}


def test_yes_counts_no_and_unknown_do_not() -> None:
    flags = ("disability", "minority", "third_country_national", "foreign_background")
    assert entered(**dict.fromkeys(flags, True)) >= {"EECO12", "EECO13", "EECO14", "EECO15"}
    for answer in (False, None):
        found = entered(**dict.fromkeys(flags, answer))
        assert not found & {"EECO12", "EECO13", "EECO14", "EECO15"}


def test_results_count_in_the_year_of_leaving() -> None:
    exit_ = ParticipantExit(exited_on=date(2025, 1, 31), qualification=True, employed=False)
    later = SixMonths(employed=True, improved=None)
    found = Counter(rules.codes(facts(), 40, exit_, later))
    assert found[2025, rules.EsfCode.EECR03] == 1
    assert found[2025, rules.EsfCode.EECR05] == 1
    assert {year for year, code in found if code.is_output} == {2024}
    assert not any(code in (rules.EsfCode.EECR04, rules.EsfCode.EECR06) for _, code in found)
    no = SixMonths(employed=False, improved=False)
    told = {code for _, code in rules.codes(facts(), 40, exit_, no) if not code.is_output}
    assert told == {rules.EsfCode.EECR03}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("unemployed", {"EECR02", "EECR03", "EECR04", "EECR05"}),
        ("inactive", {"EECR02", "EECR03", "EECR04", "EECR05"}),
        ("employed", {"EECR02", "EECR03", "EECR06"}),
    ],
)
def test_results_say_what_has_changed_on_the_labour_market(status: str, expected: set[str]) -> None:
    """Who was in work on entry has not come into it, and nobody's first job is a better one."""
    months = 3 if status == "unemployed" else None
    person = facts(employment=status, unemployed_months=months)
    gone = {"exited_on": date(2025, 1, 31), "in_training": True, "qualification": True}
    later = SixMonths(employed=True, improved=True)

    def results(**more: Any) -> set[str]:
        exit_ = ParticipantExit.model_validate({**gone, **more})
        return {code for _, code in rules.codes(person, 40, exit_, later) if not code.is_output}

    assert results(employed=True) == expected
    looking = expected - {"EECR04"} | ({"EECR01"} if status == "inactive" else set())
    assert results(job_searching=True) == looking, "who is unemployed looks for work anyway"


@given(
    st.sampled_from([*EmploymentStatus]),
    st.sampled_from([*Education]),
    st.integers(0, 90),
    st.integers(0, 60),
)
def test_everybody_who_counts_has_one_status_one_education_and_is_one(
    status: EmploymentStatus, education: Education, years: int, months: int
) -> None:
    unemployed = status is EmploymentStatus.unemployed
    found = entered(
        years,
        employment=status,
        education=education,
        unemployed_months=months if unemployed else None,
    )
    assert "EECO01" in found
    assert len(found & {"EECO02", "EECO04", "EECO05"}) == 1
    assert len(found & {"EECO09", "EECO10", "EECO11"}) == 1
    assert "EECO03" not in found or "EECO02" in found
    assert len(found & {"EECO06", "EECO07", "EECO08"}) <= 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Erika", "Mustermann"), ("ERIKA", "mustermann"), True),
        (("Änne", "Groß"), ("änne", "GROSS"), True),
        (("Anna Lena", "Muster"), ("Anna-Lena", "Muster "), True),
        (("Erika", "Mustermann"), ("Erik", "Mustermann"), False),
    ],
)
def test_a_spelling_makes_no_second_person(
    one: tuple[str, str], other: tuple[str, str], alike: bool
) -> None:
    def written(names: tuple[str, str]) -> str:
        given_name, family_name = names
        return rules.same(
            ParticipantIdentity(
                given_name=given_name, family_name=family_name, birth_date=date(1990, 5, 17)
            )
        )

    assert (written(one) == written(other)) is alike


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2024-08-31", "2025-02-28"),
        ("2023-08-31", "2024-02-29"),
        ("2024-02-29", "2024-08-29"),
        ("2024-12-31", "2025-06-30"),
        ("2024-06-30", "2024-12-30"),
    ],
)
def test_six_months_later_is_a_day_that_there_is(day: str, later: str) -> None:
    assert months_after(date.fromisoformat(day), 6) == date.fromisoformat(later)


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 48))
def test_months_later_agrees_with_walking_day_by_day(day: date, months: int) -> None:
    walked, first = 0, day.replace(day=1)
    while walked < months:
        first += timedelta(1)
        walked += first.day == 1
    last = first
    while last.day < day.day and (last + timedelta(1)).day != 1:
        last += timedelta(1)
    assert months_after(day, months) == last


def test_whoever_left_is_asked_within_four_weeks_and_after_six_months() -> None:
    exit_ = ParticipantExit(exited_on=date(2024, 9, 30))
    found = list(due("t-aaaaaaaaaa", exit_, None, date(2024, 10, 29)))
    assert [(one.kind, one.due_on, one.overdue) for one in found] == [
        ("leaving", date(2024, 10, 28), True),
        ("six_months", date(2025, 3, 30), False),
    ]
    last = list(due("t-aaaaaaaaaa", exit_, None, date(2024, 10, 28)))
    assert [one.overdue for one in last] == [False, False], "on its last day nothing is late"
    answered = ParticipantExit(
        exited_on=date(2024, 9, 30),
        job_searching=False,
        in_training=False,
        qualification=True,
        employed=False,
    )
    done = SixMonths(employed=True, improved=True)
    assert list(due("t-aaaaaaaaaa", answered, done, date(2030, 1, 1))) == []
    assert list(due("t-aaaaaaaaaa", None, None, date(2030, 1, 1))) == []
