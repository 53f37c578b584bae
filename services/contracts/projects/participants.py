"""Participants, where a programme demands data of persons (Teilnehmendendaten)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from services.contracts.shared.base import Answer, Key, Line, Request, example


class ParticipantGender(StrEnum):
    """As Annex I of Regulation (EU) 2021/1057 divides (Geschlecht)."""

    women = "women"
    men = "men"
    non_binary = "non_binary"


class EmploymentStatus(StrEnum):
    """Exactly one on entry (Erwerbsstatus)."""

    unemployed = "unemployed"
    inactive = "inactive"
    employed = "employed"


class Education(StrEnum):
    """Highest education (Bildungsstand, ISCED)."""

    isced_0_2 = "isced_0_2"
    isced_3_4 = "isced_3_4"
    isced_5_8 = "isced_5_8"


class Unanswered(StrEnum):
    """What may be left unanswered, with a reason (keine Angabe)."""

    unemployed_months = "unemployed_months"
    education = "education"
    third_country_national = "third_country_national"
    foreign_background = "foreign_background"
    housing_exclusion = "housing_exclusion"
    rural = "rural"
    disability = "disability"
    minority = "minority"


_FACTS: dict[str, Any] = {
    "entered_on": "2024-03-01",
    "gender": "women",
    "employment": "unemployed",
    "unemployed_months": 14,
    "education": "isced_3_4",
    "third_country_national": False,
    "foreign_background": True,
    "housing_exclusion": False,
    "rural": False,
    "disability": None,
    "minority": None,
    "no_answer": {"disability": "Freiwillige Angabe, nicht gewünscht"},
    "erase_on": "2031-12-31",
}


class ParticipantFacts(Request):
    """What is known on entry, without a name (Angaben bei Eintritt). Not known is null."""

    model_config = example(**_FACTS)

    entered_on: date
    gender: ParticipantGender
    employment: EmploymentStatus | None = None
    unemployed_months: Annotated[
        int | None, Field(ge=0, le=720, description="Full months without work, on entry.")
    ] = None
    education: Education | None = None
    third_country_national: bool | None = None
    foreign_background: bool | None = None
    housing_exclusion: bool | None = None
    rural: bool | None = None
    disability: Annotated[bool | None, Field(description="Special category (Art. 9 GDPR).")] = None
    minority: Annotated[bool | None, Field(description="Special category (Art. 9 GDPR).")] = None
    no_answer: dict[Unanswered, Line] = Field(
        default_factory=dict, description="Why something is not known; the reason is documented."
    )
    erase_on: Annotated[date, Field(description="Everything about the person is erased then.")]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.erase_on <= self.entered_on:
            raise ValueError("it would be erased before it begins")
        if self.unemployed_months is not None and self.employment != EmploymentStatus.unemployed:
            raise ValueError("only who is unemployed has months without work")
        for name in self.no_answer:
            if getattr(self, name.value) is not None:
                raise ValueError(f"{name.value} is answered")
        return self


class ParticipantIdentity(Request):
    """Who it is (Schlüsseldaten): kept apart, for as long as somebody must be asked again."""

    model_config = example(
        given_name="Erika",
        family_name="Mustermann",
        birth_date="1990-05-17",
        contact="erika.mustermann@example.org",
    )

    given_name: Line
    family_name: Line
    birth_date: Annotated[date, Field(ge=date(1900, 1, 1))]
    contact: Line | None = None


class NewParticipant(ParticipantFacts):
    """Somebody enters a project (Teilnahme)."""

    model_config = example(
        **_FACTS,
        monitoring="biwaq-jena-teilnehmende",
        identity={
            "given_name": "Erika",
            "family_name": "Mustermann",
            "birth_date": "1990-05-17",
            "contact": "erika.mustermann@example.org",
        },
    )

    monitoring: Annotated[Key, Field(description="Key of the monitoring; it keeps persons.")]
    identity: ParticipantIdentity

    @model_validator(mode="after")
    def _is_born(self) -> Self:
        if self.identity.birth_date > self.entered_on:
            raise ValueError("nobody enters before they are born")
        return self


class ParticipantExit(Request):
    """Somebody leaves (Austritt), with what is so within four weeks."""

    model_config = example(
        exited_on="2024-09-30",
        job_searching=False,
        in_training=True,
        qualification=True,
        employed=False,
    )

    exited_on: date
    job_searching: Annotated[
        bool | None, Field(description="Counts of who was inactive on entry (EECR01).")
    ] = None
    in_training: bool | None = None
    qualification: bool | None = None
    employed: Annotated[
        bool | None, Field(description="Counts of who had no work on entry (EECR04).")
    ] = None


class SixMonths(Request):
    """How it is six months after leaving (Nachbefragung)."""

    model_config = example(employed=True, improved=True)

    employed: Annotated[
        bool | None, Field(description="Counts of who had no work on entry (EECR05).")
    ] = None
    improved: Annotated[
        bool | None, Field(description="Counts of who was in work on entry (EECR06).")
    ] = None


class ReEntry(Request):
    """Somebody comes back to the same project (Wiedereintritt)."""

    model_config = example(entered_on="2025-02-01")

    entered_on: date


class Participant(Answer):
    """A participant by a pseudonym; who it is stands elsewhere."""

    model_config = {
        **Answer.model_config,
        **example(
            **_FACTS,
            key="t-k4x2m7qa3z",
            id="0193d3a4-5b6c-7d8e-9f00-112233445566",
            monitoring="biwaq-jena-teilnehmende",
            age=33,
            long_term_unemployed=True,
            complete=True,
            missing=[],
            re_entered_on=[],
            exited_on=None,
            leaving=None,
            six_months=None,
            revision=1,
        ),
    }

    key: Annotated[str, StringConstraints(pattern=r"^t-[a-z2-7]{10}$")] = Field(
        description="A pseudonym that says nothing."
    )
    id: UUID
    monitoring: Key
    entered_on: date
    gender: ParticipantGender
    age: int = Field(description="Full years on the day of entry.")
    employment: EmploymentStatus | None
    unemployed_months: int | None
    long_term_unemployed: bool | None = Field(
        description="More than 6 months below the age of 25, else more than 12; null not known."
    )
    education: Education | None
    third_country_national: bool | None
    foreign_background: bool | None
    housing_exclusion: bool | None
    rural: bool | None
    disability: bool | None
    minority: bool | None
    no_answer: dict[Unanswered, str]
    complete: bool = Field(description="Counts: what is asked of everybody is known.")
    missing: list[str] = Field(description="What is still to be asked.")
    re_entered_on: list[date]
    exited_on: date | None
    leaving: ParticipantExit | None
    six_months: SixMonths | None
    erase_on: date
    revision: int


class DueKind(StrEnum):
    """What is to be asked (Nachfrage): within four weeks of leaving, and after six months."""

    leaving = "leaving"
    six_months = "six_months"


class DueFollowUp(Answer):
    """Whom somebody must ask again, by when (Wiedervorlage)."""

    model_config = {
        **Answer.model_config,
        **example(participant="t-k4x2m7qa3z", kind="leaving", due_on="2024-10-28", overdue=False),
    }

    participant: str
    kind: DueKind
    due_on: date
    overdue: bool
