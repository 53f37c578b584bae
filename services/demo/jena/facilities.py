"""Facilities that the city of Jena speaks of (Einrichtungen): two job stores, without more."""

from services.contracts.indicators.catalogue import Source
from services.contracts.indicators.facilities import NewFacility, NewFacilityKind
from services.demo.texts import texts

KINDS = [
    NewFacilityKind(
        key="arbeitsladen",
        name=texts("Arbeitsladen im Quartier", "Job store in the neighbourhood", "Job shop"),
        description=texts(
            "Anlaufstelle für Arbeitsuchende im Stadtteil.",
            "A place to go for people looking for work in their part of the town.",
        ),
    )
]
FACILITIES = [
    NewFacility(
        key=f"arbeitsladen-{area}",
        name=texts(f"Arbeitsladen {name}", f"Job store {name}", f"Job shop {name}"),
        kind="arbeitsladen",
        area=area,
        description=texts(
            "So nennt ihn die Stadt Jena im Projekt BIWAQ. Anschrift, Plätze und Barrierefreiheit "
            "sind dort nicht genannt.",
            "As the city of Jena names it in the BIWAQ project. Address, places and accessibility "
            "are not stated there.",
        ),
        source=Source(publisher="Stadt Jena"),
    )
    for area, name in (("lobeda", "Lobeda"), ("winzerla", "Winzerla"))
]
