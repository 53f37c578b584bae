"""What the city of Jena has published on its social situation (Veröffentlichungen)."""

from services.contracts.boards.publications import NewPublication, PublicationKind
from services.demo.texts import texts

_ISSUES = ((2017, 1), (2017, 2), (2018, 1), (2018, 2), (2019, 1), (2020, 1), (2021, 1))

PUBLICATIONS = [
    NewPublication(
        key="lebenslagenbericht-2018",
        title=texts(
            "Zur sozialen Lage der Jenaer Bevölkerung. Lebenslagenbericht der Stadt Jena 2018",
            "The social situation of Jena's population. Report on living conditions 2018",
            "La situazione sociale della popolazione di Jena. Rapporto 2018",
        ),
        kind=PublicationKind.report,
        year=2018,
        publisher="stadt-jena",
        topics=["Lebenslagen", "Armutsprävention"],
    ),
    NewPublication(
        key="armutspraeventionsstrategie",
        title=texts(
            "Armutspräventionsstrategie der Stadt Jena",
            "Poverty prevention strategy of the city of Jena",
            "Strategia di prevenzione della povertà della città di Jena",
        ),
        kind=PublicationKind.strategy,
        publisher="stadt-jena",
        topics=["Armutsprävention"],
    ),
    *(
        NewPublication(
            key=f"newsletter-abi-{year}-{number}",
            title=texts(f"Newsletter ABI {'I' * number} {year}"),
            kind=PublicationKind.newsletter,
            issue=f"{'I' * number} {year}",
            year=year,
            bodies=["programmbeirat-abi"],
            publisher="stadt-jena",
            topics=["Armutsprävention", "Bildungsförderung", "Integration"],
        )
        for year, number in _ISSUES
    ),
]
