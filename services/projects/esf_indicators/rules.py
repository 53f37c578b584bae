"""The common indicators of the ESF Plus, as a list: Annex I of Regulation (EU) 2021/1057.

Where `verified` is false, the number follows the order of the annex and was not seen with its text.
"""

from collections.abc import Mapping

from services.contracts.projects.esf import EsfCode, EsfIndicator, EsfMoment

VERIFIED = frozenset(
    {
        EsfCode.EECO02,
        EsfCode.EECO05,
        EsfCode.EECO12,
        EsfCode.EECO19,
        EsfCode.EECR01,
        EsfCode.EECR04,
    }
)
"""Seen with their texts in answers of the Commission's support desk (SFC)."""
SPECIAL = frozenset({EsfCode.EECO12, EsfCode.EECO15})
_OF_ENTITIES = frozenset({EsfCode.EECO18, EsfCode.EECO19})
_NAMES: Mapping[EsfCode, tuple[str, str]] = {
    EsfCode.EECO01: ("Gesamtzahl der Teilnehmenden", "Total number of participants"),
    EsfCode.EECO02: (
        "Arbeitslose, auch Langzeitarbeitslose",
        "Unemployed, including long-term unemployed",
    ),
    EsfCode.EECO03: ("Langzeitarbeitslose", "Long-term unemployed"),
    EsfCode.EECO04: ("Nichterwerbstätige", "Inactive"),
    EsfCode.EECO05: ("Erwerbstätige, auch Selbstständige", "Employed, including self-employed"),
    EsfCode.EECO06: ("Kinder unter 18 Jahren", "Children below 18 years of age"),
    EsfCode.EECO07: ("Junge Menschen von 18 bis 29 Jahren", "Young people aged 18-29 years"),
    EsfCode.EECO08: ("Teilnehmende ab 55 Jahren", "Participants of 55 years of age and above"),
    EsfCode.EECO09: (
        "Höchstens Sekundarbildung Unterstufe (ISCED 0-2)",
        "Lower secondary education or less (ISCED 0-2)",
    ),
    EsfCode.EECO10: (
        "Sekundarbildung Oberstufe oder postsekundäre Bildung (ISCED 3 oder 4)",
        "Upper secondary or post-secondary education (ISCED 3 or 4)",
    ),
    EsfCode.EECO11: ("Tertiäre Bildung (ISCED 5-8)", "Tertiary education (ISCED 5-8)"),
    EsfCode.EECO12: ("Teilnehmende mit Behinderungen", "Participants with disabilities"),
    EsfCode.EECO13: ("Drittstaatsangehörige", "Third-country nationals"),
    EsfCode.EECO14: (
        "Teilnehmende ausländischer Herkunft",
        "Participants with a foreign background",
    ),
    EsfCode.EECO15: (
        "Angehörige von Minderheiten, auch marginalisierter Gemeinschaften wie der Roma",
        "Minorities, including marginalised communities such as Roma people",
    ),
    EsfCode.EECO16: (
        "Obdachlose oder von Ausgrenzung auf dem Wohnungsmarkt Betroffene",
        "Homeless or affected by housing exclusion",
    ),
    EsfCode.EECO17: ("Teilnehmende aus ländlichen Gebieten", "Participants from rural areas"),
    EsfCode.EECO18: (
        "Unterstützte öffentliche Verwaltungen oder öffentliche Dienste",
        "Supported public administrations or public services",
    ),
    EsfCode.EECO19: (
        "Unterstützte Kleinstunternehmen sowie kleine und mittlere Unternehmen",
        "Supported micro, small and medium-sized enterprises",
    ),
    EsfCode.EECR01: (
        "Auf Arbeitsuche nach der Teilnahme",
        "Engaged in job searching upon leaving",
    ),
    EsfCode.EECR02: (
        "In schulischer oder beruflicher Bildung nach der Teilnahme",
        "In education or training upon leaving",
    ),
    EsfCode.EECR03: (
        "Qualifizierung nach der Teilnahme erlangt",
        "Gaining a qualification upon leaving",
    ),
    EsfCode.EECR04: (
        "Erwerbstätig nach der Teilnahme, auch selbstständig",
        "In employment, including self-employment, upon leaving",
    ),
    EsfCode.EECR05: (
        "Erwerbstätig sechs Monate nach der Teilnahme, auch selbstständig",
        "In employment, including self-employment, six months after leaving",
    ),
    EsfCode.EECR06: (
        "Bessere Lage auf dem Arbeitsmarkt sechs Monate nach der Teilnahme",
        "Improved labour market situation six months after leaving",
    ),
}
_SOURCE = "Annex I of Regulation (EU) 2021/1057"


def _moment(code: EsfCode) -> EsfMoment:
    if code.is_output:
        return EsfMoment.entry
    late = code in (EsfCode.EECR05, EsfCode.EECR06)
    return EsfMoment.six_months if late else EsfMoment.leaving


LIST = tuple(
    EsfIndicator(
        code=code,
        name={"de": _NAMES[code][0], "en": _NAMES[code][1]},
        moment=_moment(code),
        personal=code not in _OF_ENTITIES,
        special_category=code in SPECIAL,
        verified=code in VERIFIED,
        source=_SOURCE,
        proposed_for_planning=code is EsfCode.EECO18,
    )
    for code in EsfCode
)


def is_verified(code: str | None) -> bool | None:
    """Whether the code was seen with its text; None without a code."""
    return None if code is None else code in VERIFIED
