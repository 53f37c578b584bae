"""Common indicators of the ESF Plus (gemeinsame Indikatoren, Annex I of Regulation 2021/1057)."""

from enum import StrEnum

from pydantic import Field

from services.contracts.shared.base import Answer, Texts, example


class EsfCode(StrEnum):
    """The code of a common indicator (Code des gemeinsamen Indikators)."""

    EECO01 = "EECO01"
    EECO02 = "EECO02"
    EECO03 = "EECO03"
    EECO04 = "EECO04"
    EECO05 = "EECO05"
    EECO06 = "EECO06"
    EECO07 = "EECO07"
    EECO08 = "EECO08"
    EECO09 = "EECO09"
    EECO10 = "EECO10"
    EECO11 = "EECO11"
    EECO12 = "EECO12"
    EECO13 = "EECO13"
    EECO14 = "EECO14"
    EECO15 = "EECO15"
    EECO16 = "EECO16"
    EECO17 = "EECO17"
    EECO18 = "EECO18"
    EECO19 = "EECO19"
    EECR01 = "EECR01"
    EECR02 = "EECR02"
    EECR03 = "EECR03"
    EECR04 = "EECR04"
    EECR05 = "EECR05"
    EECR06 = "EECR06"

    @property
    def is_output(self) -> bool:
        """Counted when somebody enters (Output), not when they leave (Ergebnis)."""
        return self.value.startswith("EECO")


class EsfMoment(StrEnum):
    """When it is measured (Zeitpunkt): on entry, upon leaving, six months after leaving."""

    entry = "entry"
    leaving = "leaving"
    six_months = "six_months"


class EsfIndicator(Answer):
    """A common indicator of the ESF Plus (gemeinsamer Indikator)."""

    model_config = {
        **Answer.model_config,
        **example(
            code="EECO18",
            name={
                "de": "Unterstützte öffentliche Verwaltungen oder öffentliche Dienste",
                "en": "Supported public administrations or public services",
            },
            moment="entry",
            personal=False,
            special_category=False,
            verified=False,
            source="Annex I (1.4) of Regulation (EU) 2021/1057",
            proposed_for_planning=True,
        ),
    }

    code: EsfCode
    name: Texts
    moment: EsfMoment
    personal: bool = Field(description="Made of personal data, told by gender.")
    special_category: bool = Field(description="Of a special category (Art. 9 GDPR).")
    verified: bool = Field(
        description="Whether code and text were seen together in a document of the Commission."
        " The others follow the order of the annex; compare them with the notice."
    )
    source: str
    proposed_for_planning: bool = Field(
        description="Fits projects that plan and have no participants."
    )
