"""The programmes that fund planning in Thuringia (Förderprogramme)."""

from datetime import date

from services.contracts.projects.programmes import (
    Funder,
    FunderLevel,
    FundingPeriod,
    NewProgramme,
)
from services.demo.texts import texts

_ESF = Funder(organisation="europaeische-union", level=FunderLevel.eu, fund="ESF")
_ESF_PLUS = Funder(organisation="europaeische-union", level=FunderLevel.eu, fund="ESF Plus")
_STATE = Funder(organisation="freistaat-thueringen", level=FunderLevel.state)
_FEDERATION = Funder(organisation="bundesrepublik-deutschland", level=FunderLevel.federal)


def poverty_prevention(periods: list[FundingPeriod]) -> NewProgramme:
    """The guideline on poverty prevention, with the periods in which it funded the town."""
    return NewProgramme(
        key="armutspraeventionsrichtlinie-2-1",
        name=texts("Armutspräventionsrichtlinie", "Poverty prevention guideline"),
        short_name=texts("Armutsprävention", "Poverty prevention", "Prevenzione della povertà"),
        section="2.1",
        funders=[_ESF, _STATE],
        legal_basis=["Verordnung (EU) Nr. 1303/2013", "Verordnung (EU) Nr. 1304/2013"],
        periods=periods,
        description=texts(
            "Stärkt die Kompetenz lokaler Akteure der Armutsprävention, vor allem durch "
            "bedarfsgerechte Planung der Sozial- und Bildungsinfrastruktur.",
            "Strengthens local actors of poverty prevention, above all by needs-based planning of "
            "social and educational infrastructure.",
        ),
    )


def social_strategy(periods: list[FundingPeriod]) -> NewProgramme:
    """The guideline on social strategies, which continues the one on poverty prevention."""
    return NewProgramme(
        key="sozialstrategierichtlinie-2-1",
        name=texts("Sozialstrategierichtlinie", "Social strategy guideline"),
        short_name=texts("Integrierte Sozialplanung", "Integrated social planning"),
        section="2.1",
        funders=[_ESF_PLUS, _STATE],
        legal_basis=["Verordnung (EU) 2021/1057", "Verordnung (EU) 2021/1060"],
        periods=periods,
        successor_of="armutspraeventionsrichtlinie-2-1",
    )


THILIK = NewProgramme(
    key="thilik",
    name=texts(
        "Thüringer Initiative für Lokales Integrationsmanagement für Geflüchtete in den Kommunen",
        "Thuringian Initiative for Local Integration Management for Refugees in Municipalities",
        "Iniziativa della Turingia per l'integrazione locale dei rifugiati nei comuni",
    ),
    short_name=texts("ThILIK"),
    funders=[_ESF, _STATE],
)
EDUCATION = NewProgramme(
    key="bildung-integriert",
    name=texts("Bundesprogramm Bildung integriert", "Federal programme Bildung integriert"),
    short_name=texts("Bildung integriert"),
    funders=[_FEDERATION, _ESF],
)
BIWAQ = NewProgramme(
    key="biwaq",
    name=texts(
        "Bildung, Wirtschaft, Arbeit im Quartier",
        "Education, Business, Work in the Neighbourhood",
        "Istruzione, impresa, lavoro nel quartiere",
    ),
    short_name=texts("BIWAQ"),
    funders=[_FEDERATION, _ESF],
    periods=[FundingPeriod(starts_on=date(2019, 1, 1), ends_on=date(2022, 12, 31))],
)
LSZ = NewProgramme(
    key="lsz",
    name=texts(
        "Landesprogramm Solidarisches Zusammenleben der Generationen",
        "State programme Solidarity between the Generations",
        "Programma statale Solidarietà tra le generazioni",
    ),
    short_name=texts("LSZ"),
    funders=[_STATE],
    description=texts(
        "Fördert Maßnahmen für Familien, die in der Kommune entwickelt worden sind.",
        "Funds measures for families that were developed in the municipality.",
    ),
)
