"""The city of Jena as the demo shows it."""

from services.contracts.gateway.municipalities import MunicipalityKind, NewMunicipality
from services.demo import funders
from services.demo.areas import LEVELS
from services.demo.jena import (
    analyses,
    areas,
    bodies,
    composition_rules,
    coordinated_reports,
    facilities,
    figures,
    organisations,
    planning,
    projects,
)
from services.demo.jena.powers import POWERS
from services.demo.jena.publications import PUBLICATIONS
from services.demo.jena.seats import SEATS
from services.demo.texts import texts
from services.demo.topics import TOPICS
from services.demo.towns import Resources, Town

TOWN = Town(
    municipality=NewMunicipality(
        key="jena",
        id="160530000000",
        name=texts("Stadt Jena", "City of Jena", "Città di Jena"),
        kind=MunicipalityKind.independent_city,
        state=texts("Freistaat Thüringen", "Free State of Thuringia", "Stato libero di Turingia"),
        languages=["de", "en", "it"],
        website="https://www.jena.de",
        description=texts(
            "Kreisfreie Stadt mit einem Team für integrierte Sozialplanung.",
            "Independent city with a team for integrated social planning.",
        ),
    ),
    resources=[
        Resources("area-levels", LEVELS),
        Resources("areas", areas.AREAS, {"on": "2020-01-01"}),
        Resources("topics", TOPICS),
        Resources("indicators", [*figures.INDICATORS, *analyses.INDICATORS]),
        Resources("indices", analyses.INDICES),
        Resources("facility-kinds", facilities.KINDS),
        Resources("facilities", facilities.FACILITIES),
        Resources(
            "organisations",
            [
                funders.EUROPEAN_UNION,
                funders.FEDERATION,
                funders.FREE_STATE,
                funders.MINISTRY,
                *organisations.CITY,
                *organisations.PARTNERS,
            ],
        ),
        Resources("needs-rules", analyses.RULES),
        Resources("bodies", bodies.BODIES),
        Resources("seats", SEATS),
        Resources("composition-rules", composition_rules.RULES),
        Resources("powers", POWERS),
        Resources("publications", PUBLICATIONS),
        Resources("programmes", projects.PROGRAMMES),
        Resources("projects", projects.PROJECTS),
        Resources("grants", projects.GRANTS),
        Resources("grant-disclosures", projects.DISCLOSURES),
        Resources("target-groups", planning.TARGET_GROUPS),
        Resources("planning-fields", planning.FIELDS),
        Resources("strategies", planning.STRATEGIES),
        Resources("fields-of-action", planning.FIELDS_OF_ACTION),
        Resources("goals", planning.GOALS),
        Resources("measures", projects.MEASURES),
        Resources("planning-tasks", planning.TASKS),
    ],
    rule_packs=[programme.key for programme in projects.PROGRAMMES],
    later_versions={},
    tables=figures.TABLES,
    release=texts("Erste Kennzahlen der Stadt Jena", "First figures of the city of Jena"),
    reports=analyses.REPORTS,
    coordinated_reports=coordinated_reports.REPORTS,
    catalogue=analyses.CATALOGUE,
)
