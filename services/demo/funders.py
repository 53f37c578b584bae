"""Who funds planning in both municipalities (Mittelgeber)."""

from services.contracts.boards.organisations import NewOrganisation, OrganisationKind
from services.demo.texts import texts

EUROPEAN_UNION = NewOrganisation(
    key="europaeische-union",
    name=texts("Europäische Union", "European Union", "Unione europea"),
    kind=OrganisationKind.funder,
)
FEDERATION = NewOrganisation(
    key="bundesrepublik-deutschland",
    name=texts(
        "Bundesrepublik Deutschland", "Federal Republic of Germany", "Repubblica federale tedesca"
    ),
    kind=OrganisationKind.funder,
)
FREE_STATE = NewOrganisation(
    key="freistaat-thueringen",
    name=texts("Freistaat Thüringen", "Free State of Thuringia", "Stato libero di Turingia"),
    kind=OrganisationKind.funder,
)
MINISTRY = NewOrganisation(
    key="sozialministerium-thueringen",
    name=texts(
        "Thüringer Ministerium für Arbeit, Soziales, Gesundheit, Frauen und Familie",
        "Thuringian Ministry of Labour, Social Affairs, Health, Women and Family",
    ),
    kind=OrganisationKind.administration,
    parent="freistaat-thueringen",
)
ESF_LIST = "Liste der Vorhaben des Europäischen Sozialfonds in Thüringen, Stand 01.07.2016"
"""Where the figures of the grants are published."""
