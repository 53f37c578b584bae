"""What a grant may be: pure functions over exact decimals."""

from collections.abc import Iterator, Mapping, Sequence, Set

from services.contracts.projects.grants import GrantState, NewGrant
from services.contracts.projects.terms import Financing, FinancingSource, Terms
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.allocation.rules import CENT
from services.projects.references.rules import ORGANISATION, Pointing

HOLDING = frozenset({GrantState.granted, GrantState.closed})
"""Only then there is money."""
STEPS: Mapping[GrantState, Set[GrantState]] = {
    GrantState.applied: {GrantState.granted, GrantState.refused, GrantState.withdrawn},
    GrantState.granted: {GrantState.withdrawn, GrantState.closed},
    GrantState.refused: {GrantState.granted},  # after an objection (Widerspruch)
    GrantState.withdrawn: set(),
    GrantState.closed: {GrantState.granted},  # the proof of use is opened again
}


def check_grant(new: NewGrant) -> None:
    """Refuse money that does not fit, and an amount or a day of the notice of what is applied for
    or refused: until it is granted there is only the amount applied for."""
    faults = list(money_faults(new))
    if new.state in (GrantState.applied, GrantState.refused):
        for field in ("amount", "granted_on"):
            if getattr(new, field) is not None:
                text = f"What is {new.state} has none yet; the application has `applied_amount`."
                faults.append(Fault(pointer=f"/{field}", code="not_granted", detail=text))
    if new.applied_on and new.granted_on and new.granted_on < new.applied_on:
        text = "It was granted before it was applied for."
        faults.append(Fault(pointer="/granted_on", code="before_application", detail=text))
    if faults:
        raise Invalid("The grant does not fit; nothing was stored.", faults=faults)


def money_faults(terms: Terms) -> Iterator[Fault]:
    """A grant above the eligible cost, a rate that does not give the amount to the cent, sources
    known to be more than the eligible cost. What is unknown is no zero and contradicts nothing."""
    cost, amount, rate = terms.eligible_cost, terms.amount, terms.rate
    if cost is None:
        return
    if amount is not None and amount > cost:
        text = "The grant is more than the eligible cost."
        yield Fault(pointer="/amount", code="above_cost", detail=text)
    elif amount is not None and rate is not None and abs(amount - cost * rate / 100) >= CENT:
        text = f"{rate} per cent of the eligible cost is another amount."
        yield Fault(pointer="/amount", code="rate", detail=text)
    elif amount is not None and terms.financing is Financing.full and amount != cost:
        text = "Full financing (Vollfinanzierung) is the whole eligible cost."
        yield Fault(pointer="/amount", code="not_full", detail=text)
    if sum(source.amount for source in terms.sources if source.amount is not None) > cost:
        text = "The sources are more than the eligible cost."
        yield Fault(pointer="/sources", code="above_cost", detail=text)


def check_by_notice(now: NewGrant, new: NewGrant) -> None:
    """Refuse (409) to change by hand what the notices of a grant say."""
    faults = [
        Fault(
            pointer=f"/{name}", code="by_notice", detail="This changes by a notice (Bescheid) only."
        )
        for name in (*Terms.model_fields, "granted_on")
        if getattr(now, name) != getattr(new, name)
    ]
    if faults:
        raise Conflict("The notices say otherwise; nothing was stored.", faults=faults)


def named_sources(sources: Sequence[FinancingSource]) -> list[Pointing]:
    """Who is named as paying."""
    return [
        Pointing(ORGANISATION, source.organisation, f"/sources/{i}/organisation")
        for i, source in enumerate(sources)
    ]


def references(new: NewGrant) -> list[Pointing]:
    """What it names of other services."""
    return [
        Pointing(ORGANISATION, new.grantee, "/grantee"),
        Pointing(ORGANISATION, new.funder, "/funder"),
        *named_sources(new.sources),
    ]
