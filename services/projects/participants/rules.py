"""When a participant counts, and as what: pure functions.

Annex I of Regulation (EU) 2021/1057; what counts is counted once, from complete data (Art. 17(6)).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from services.contracts.projects.esf import EsfCode
from services.contracts.projects.participants import (
    Education,
    EmploymentStatus,
    ParticipantExit,
    ParticipantFacts,
    ParticipantIdentity,
    SixMonths,
    Unanswered,
)
from services.kit.problems import Conflict, Invalid

YOUNG = 25
"""Below this age more than 6 months without work are long, else more than 12."""
_FLAGS = {
    "disability": EsfCode.EECO12,
    "third_country_national": EsfCode.EECO13,
    "foreign_background": EsfCode.EECO14,
    "minority": EsfCode.EECO15,
    "housing_exclusion": EsfCode.EECO16,
    "rural": EsfCode.EECO17,
}
_STATUS = {
    EmploymentStatus.unemployed: EsfCode.EECO02,
    EmploymentStatus.inactive: EsfCode.EECO04,
    EmploymentStatus.employed: EsfCode.EECO05,
}
_EDUCATION = {
    Education.isced_0_2: EsfCode.EECO09,
    Education.isced_3_4: EsfCode.EECO10,
    Education.isced_5_8: EsfCode.EECO11,
}
_LEAVING = {
    "job_searching": EsfCode.EECR01,
    "in_training": EsfCode.EECR02,
    "qualification": EsfCode.EECR03,
    "employed": EsfCode.EECR04,
}
_LATER = {"employed": EsfCode.EECR05, "improved": EsfCode.EECR06}
_WITHOUT_WORK = (EmploymentStatus.unemployed, EmploymentStatus.inactive)
_CHANGED: Mapping[EsfCode, tuple[EmploymentStatus, ...]] = {
    EsfCode.EECR01: (EmploymentStatus.inactive,),
    EsfCode.EECR04: _WITHOUT_WORK,
    EsfCode.EECR05: _WITHOUT_WORK,
    EsfCode.EECR06: (EmploymentStatus.employed,),
}
"""Results that say how things have changed on the labour market, and whose on entry: who is
unemployed looks for work by definition, and who was in work has not come into it (Commission, SFC
support, immediate results; improved situation; continued from the ESF 2014 to 2020)."""


def same(identity: ParticipantIdentity) -> str:
    """One written form of name and birth date, so that nobody is entered twice by a spelling."""
    names = f"{identity.family_name} {identity.given_name}".casefold()
    plain = unicodedata.normalize("NFKD", names)
    letters = "".join(sign for sign in plain if sign.isalnum())
    return f"{letters}|{identity.birth_date.isoformat()}"


def age(birth_date: date, on: date) -> int:
    """Full years; who was born on 29 February is a year older on 1 March."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def long_term(facts: ParticipantFacts, years: int) -> bool | None:
    """Long-term unemployed on entry: by age; None when it is not known."""
    if facts.employment is None:
        return None
    if facts.employment is not EmploymentStatus.unemployed:
        return False
    if facts.unemployed_months is None:
        return None
    return facts.unemployed_months > (6 if years < YOUNG else 12)


def missing(facts: ParticipantFacts) -> list[str]:
    """What of point 1.1 of the annex is not known and not excused: then nobody counts.

    Gender and birth date are always there. Exactly one employment status must be known; that is
    what the total is made of.
    """
    lacking = [] if facts.employment is not None else ["employment"]
    unemployed = facts.employment is EmploymentStatus.unemployed
    if unemployed and not _answered(facts, Unanswered.unemployed_months):
        lacking.append("unemployed_months")
    if not _answered(facts, Unanswered.education):
        lacking.append("education")
    return lacking


def _answered(facts: ParticipantFacts, name: Unanswered) -> bool:
    return getattr(facts, name.value) is not None or name in facts.no_answer


def codes(
    facts: ParticipantFacts,
    years: int,
    exit_: ParticipantExit | None,
    later: SixMonths | None,
) -> Iterator[tuple[int, EsfCode]]:
    """As what somebody counts, each with its year; nothing while something is missing."""
    if missing(facts) or facts.employment is None:
        return
    year = facts.entered_on.year
    entered = [EsfCode.EECO01, _STATUS[facts.employment]]
    if long_term(facts, years):
        entered.append(EsfCode.EECO03)
    entered += [
        code
        for code, counts in (
            (EsfCode.EECO06, years < 18),
            (EsfCode.EECO07, 18 <= years <= 29),
            (EsfCode.EECO08, years >= 55),
        )
        if counts
    ]
    if facts.education is not None:
        entered.append(_EDUCATION[facts.education])
    entered += [code for name, code in _FLAGS.items() if getattr(facts, name)]
    yield from ((year, code) for code in entered)
    if exit_ is not None:
        results = [code for name, code in _LEAVING.items() if getattr(exit_, name)]
        if later is not None:
            results += [code for name, code in _LATER.items() if getattr(later, name)]
        for code in results:
            if facts.employment in _CHANGED.get(code, EmploymentStatus):
                yield exit_.exited_on.year, code


def added(
    counted: Iterable[tuple[str, int, EsfCode]], tally: Mapping[tuple[int, EsfCode, str], int]
) -> dict[tuple[int, EsfCode, str], int]:
    """Counts by year, code and gender: those who are there and those who were erased."""
    found = dict(tally)
    for gender, year, code in counted:
        place = (year, code, gender)
        found[place] = found.get(place, 0) + 1
    return found


def check_new(existing: str | None) -> None:
    """Refuse (409) to enter somebody twice in one project: they come back instead."""
    if existing is not None:
        raise Conflict(
            f"This person is {existing} here. Enter that they came back.",
            pointer="/identity",
            code="re-entry",
        )


def check_exit(entered_on: date, re_entered_on: Iterable[date], exited_on: date) -> None:
    """Refuse to leave before the last entry."""
    if exited_on < max([entered_on, *re_entered_on]):
        raise Invalid(
            "It lies before the last entry.", pointer="/exited_on", code="before_the_entry"
        )


def check_outcome(exit_: ParticipantExit) -> None:
    """Refuse to have somebody look for work and be in work: the last of the four weeks counts."""
    if exit_.job_searching and exit_.employed:
        raise Invalid(
            "Who is in work does not count as looking for it; say what is so last.",
            pointer="/job_searching",
            code="in_work",
        )


def check_re_entry(exited_on: date | None, entered_on: date) -> None:
    """Refuse to come back (409) without having left, or before that."""
    if exited_on is None:
        raise Conflict("They have not left.", pointer="", code="not-left")
    if entered_on <= exited_on:
        raise Invalid("It lies before they left.", pointer="/entered_on", code="before_the_exit")


def check_left(exited_on: date | None) -> None:
    """Refuse (409) to say how it is six months after leaving of somebody who has not left."""
    if exited_on is None:
        raise Conflict("They have not left.", pointer="", code="not-left")


def check_dates(birth_date: date, entered_on: date, exited_on: date | None) -> None:
    """Refuse an entry before birth or after leaving."""
    if entered_on < birth_date:
        raise Invalid(
            "Nobody enters before they are born.", pointer="/entered_on", code="before_birth"
        )
    if exited_on is not None and exited_on < entered_on:
        raise Invalid("They left before.", pointer="/entered_on", code="after_the_exit")
