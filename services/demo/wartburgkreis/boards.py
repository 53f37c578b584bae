"""Who plans, takes part and decides in the Wartburgkreis (Organisationen, Gremien, Sitze)."""

from services.contracts.boards.bodies import BodyKind, Mandate, NewBody
from services.contracts.boards.organisations import NewOrganisation, OrganisationKind
from services.contracts.boards.powers import NewPower, PowerKind
from services.contracts.boards.seats import Category, NewSeat
from services.demo import funders
from services.demo.texts import texts

ORGANISATIONS = [
    funders.EUROPEAN_UNION,
    funders.FREE_STATE,
    NewOrganisation(
        key="landratsamt-wartburgkreis",
        name=texts("Landratsamt Wartburgkreis", "District administration Wartburgkreis"),
        kind=OrganisationKind.administration,
        website="https://www.wartburgkreis.de",
        description=texts("Besucheranschrift: Erzberger Allee 14, 36433 Bad Salzungen"),
    ),
    NewOrganisation(
        key="planungskoordination",
        name=texts("Planungskoordination", "Planning coordination"),
        kind=OrganisationKind.administration,
        parent="landratsamt-wartburgkreis",
        description=texts(
            "Behält den Gesamtprozess im Blick und vermittelt zwischen Präventionsnetz und "
            "Verwaltung.",
            "Keeps the whole process in view and mediates between the prevention network and the "
            "administration.",
        ),
    ),
    NewOrganisation(
        key="fachaemter",
        name=texts("Fachämter des Landratsamtes", "Specialist offices of the administration"),
        kind=OrganisationKind.administration,
        parent="landratsamt-wartburgkreis",
    ),
]

BODIES = [
    NewBody(
        key="kreistag",
        name=texts("Kreistag", "District council"),
        kind=BodyKind.council,
        mandates=[Mandate.decides],
        subjects=[
            texts(
                "Legitimation einer fachvernetzten Strategie",
                "Legitimation of a strategy that joins the specialist fields",
            )
        ],
        hosted_by="landratsamt-wartburgkreis",
    ),
    NewBody(
        key="praeventionsnetz",
        name=texts("Präventionsnetz Wartburgkreis", "Prevention network Wartburgkreis"),
        kind=BodyKind.network,
        mandates=[Mandate.advises],
        subjects=[texts("Integrierte Sozialplanung", "Integrated social planning")],
        tasks=[
            texts(
                "Beteiligt Institutionen und Akteure außerhalb der Verwaltung an der Planung",
                "Involves institutions and actors outside the administration in planning",
            )
        ],
        hosted_by="landratsamt-wartburgkreis",
        coordinated_by="planungskoordination",
    ),
    NewBody(
        key="vernetzungstreffen",
        name=texts("Vernetzungstreffen der Fachplanenden", "Network meeting of the planners"),
        kind=BodyKind.working_group,
        mandates=[Mandate.advises],
        coordinated_by="planungskoordination",
    ),
    NewBody(
        key="fachplanungskonferenz",
        name=texts("Fachplanungskonferenz", "Specialist planning conference"),
        kind=BodyKind.planning_conference,
        mandates=[Mandate.advises],
        coordinated_by="planungskoordination",
    ),
]

_OUTSIDE = texts("Externe Institutionen und Akteure", "External institutions and actors")

SEATS = [
    NewSeat(
        key="praeventionsnetz-externe",
        body="praeventionsnetz",
        name=_OUTSIDE,
        rule=Category(kind="category", label=_OUTSIDE),
    ),
    NewSeat(
        key="vernetzungstreffen-fachaemter",
        body="vernetzungstreffen",
        name=texts("Fachplanende der Ämter", "Planners of the offices"),
        rule=Category(
            kind="category",
            organisation_kind=OrganisationKind.administration,
            label=texts("Fachplanung", "Specialist planning"),
        ),
    ),
]

POWERS = [
    NewPower(
        key="kreistag-strategie",
        body="kreistag",
        kind=PowerKind.legitimises_strategy,
        subject=texts(
            "Legitimation einer fachvernetzten Strategie",
            "Legitimation of a strategy that joins the specialist fields",
        ),
    )
]
