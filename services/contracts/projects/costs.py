"""Categories of cost: what budgets, expenditures and rules speak of (Ausgabenarten)."""

from enum import StrEnum


class CostCategory(StrEnum):
    """What money is spent on (Kostenkategorie): staff with the employer's social security
    (Personalausgaben), travel (Reisekosten), office and other indirect cost (Büro- und
    Verwaltungsausgaben), external services (Honorare, Aufträge), equipment (Ausstattung),
    infrastructure (Infrastruktur, Baumaßnahmen), money passed on (Weiterleitung), anything else
    (Sonstiges)."""

    staff = "staff"
    travel = "travel"
    office = "office"
    external = "external"
    equipment = "equipment"
    infrastructure = "infrastructure"
    onward = "onward"
    other = "other"
