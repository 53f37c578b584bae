"""The Wartburgkreis as the demo shows it."""

from services.contracts.gateway.municipalities import MunicipalityKind, NewMunicipality
from services.demo import regional
from services.demo.areas import LEVELS
from services.demo.indicators import INDICATORS
from services.demo.texts import texts
from services.demo.topics import TOPICS
from services.demo.towns import Resources, Town
from services.demo.wartburgkreis import areas, boards, planning, projects

TOWN = Town(
    municipality=NewMunicipality(
        key="wartburgkreis",
        id="160630000000",
        name=texts("Wartburgkreis", "Wartburgkreis"),
        kind=MunicipalityKind.county,
        state=texts("Freistaat Thüringen", "Free State of Thuringia"),
        languages=["de", "en"],
        website="https://www.wartburgkreis.de",
        description=texts(
            "Landkreis mit Planungskoordination und Präventionsnetz.",
            "County with a planning coordination and a prevention network.",
        ),
    ),
    resources=[
        Resources("area-levels", LEVELS),
        Resources("areas", areas.AREAS, {"on": "2020-01-01"}),
        Resources("crosswalks", areas.CROSSWALKS),
        Resources("topics", TOPICS),
        Resources("indicators", INDICATORS),
        Resources("organisations", boards.ORGANISATIONS),
        Resources("bodies", boards.BODIES),
        Resources("seats", boards.SEATS),
        Resources("powers", boards.POWERS),
        Resources("programmes", projects.PROGRAMMES),
        Resources("projects", projects.PROJECTS),
        Resources("grants", projects.GRANTS),
        Resources("grant-disclosures", projects.DISCLOSURES),
        Resources("positions", projects.POSITIONS),
        Resources("planning-fields", planning.FIELDS),
        Resources("strategies", planning.STRATEGIES),
        Resources("planning-tasks", planning.TASKS),
    ],
    rule_packs=[programme.key for programme in projects.PROGRAMMES],
    later_versions=areas.LATER,
    tables=regional.tables(["deutschland", "thueringen", "eisenach", "wartburgkreis"]),
    release=texts("Erste Kennzahlen des Wartburgkreises", "First figures of the Wartburgkreis"),
)
