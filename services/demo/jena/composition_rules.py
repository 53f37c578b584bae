"""What holds for the bodies of Jena as a whole (Besetzungsregeln)."""

from services.contracts.boards.composition_rules import ChairFrom, Coverage, NewCompositionRule
from services.contracts.boards.organisations import OrganisationKind as Kind
from services.demo.texts import texts

RULES = [
    NewCompositionRule(
        key="planungsbeirat-lsz-vorsitz",
        body="planungsbeirat-lsz",
        name=texts(
            "Den Vorsitz hat die Leitung des Dezernats", "The head of the department chairs"
        ),
        rule=ChairFrom(kind="chair", seats=["planungsbeirat-lsz-leitung"]),
    ),
    NewCompositionRule(
        key="lenkungsgruppe-armutspraevention-bereiche",
        body="lenkungsgruppe-armutspraevention",
        name=texts(
            "Verwaltung, Politik, Wohlfahrtsverbände und Wissenschaft steuern gemeinsam",
            "Administration, politics, welfare associations and science steer together",
        ),
        rule=Coverage(
            kind="coverage",
            organisation_kinds=[
                Kind.administration,
                Kind.council_group,
                Kind.welfare_association,
                Kind.science,
            ],
        ),
    ),
]
