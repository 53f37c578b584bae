"""What an application for an onward grant may be: pure functions."""

from collections.abc import Iterable
from datetime import date

from services.contracts.projects.figures import Parameter, Rule
from services.contracts.projects.onward_grants import NewOnwardGrant, OnwardState
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.references.rules import ORGANISATION, Pointing

DECIDED = ("recipient", "natural_person", "applied_on", "applied_amount", "starts_on")
"""What a decision rests on."""


def check_application(new: NewOnwardGrant, starts_on: date | None, ends_on: date | None) -> None:
    """Refuse more money than it costs, and a time outside of that of the grant (if known)."""
    faults = []
    if new.eligible_cost is not None and new.applied_amount > new.eligible_cost:
        text = "It is more than it costs."
        faults.append(Fault(pointer="/applied_amount", code="above_cost", detail=text))
    text = "This is not in the period of the grant."
    if starts_on is not None and new.starts_on < starts_on:
        faults.append(Fault(pointer="/starts_on", code="outside", detail=text))
    if ends_on is not None and new.ends_on > ends_on:
        faults.append(Fault(pointer="/ends_on", code="outside", detail=text))
    if faults:
        raise Invalid("The application does not fit; nothing was stored.", faults=faults)


LOCAL = frozenset(
    {
        Parameter.maximum_amount,
        Parameter.max_rate,
        Parameter.own_share,
        Parameter.application_due,
        Parameter.proof_due,
    }
)
"""What local rules can say of money passed on."""


def check_rules(scope: str, held: Iterable[Rule]) -> None:
    """Refuse local rules that the programme has none of: they would bind nothing."""
    if not any(rule.scope == scope and rule.parameter in LOCAL for rule in held):
        text = f"No rule of the programme says anything of what is passed on for {scope!r}."
        raise Invalid(text, pointer="/rule_scope", code="unknown")


def check_undecided(state: OnwardState, now: NewOnwardGrant, new: NewOnwardGrant) -> None:
    """Refuse (409) to change what a decision rests on once it is made."""
    faults = [
        Fault(pointer=f"/{name}", code="decided", detail="The decision rests on this.")
        for name in DECIDED
        if state is not OnwardState.applied and getattr(now, name) != getattr(new, name)
    ]
    if faults:
        raise Conflict("It is decided; nothing was stored.", faults=faults)


def references(new: NewOnwardGrant) -> list[Pointing]:
    """What it names of other services."""
    return [Pointing(ORGANISATION, new.recipient, "/recipient")]
