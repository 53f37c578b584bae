"""What a notice may say, and when: pure functions over exact decimals."""

from collections.abc import Iterator, Mapping, Set
from decimal import Decimal

from services.contracts.projects.grants import GrantState
from services.contracts.projects.notices import NewNotice, NoticeKind
from services.contracts.projects.terms import SourceKind
from services.contracts.shared.problems import Fault
from services.kit.problems import Conflict, Invalid
from services.projects.cost_options.rules import excluded
from services.projects.funding_rules.rules import override_faults
from services.projects.grants.rules import money_faults, named_sources
from services.projects.references.rules import ORGANISATION, Pointing

FOLLOWS: Mapping[GrantState, Set[NoticeKind]] = {
    GrantState.granted: set(NoticeKind) - {NoticeKind.award},
    GrantState.closed: {NoticeKind.amendment, NoticeKind.revocation},
}
"""What may follow on the first notice."""
LASTING = frozenset({"reference", "evidence", "note", "visibility"})
"""What may still be said of a notice after another has followed."""


def check_kind(state: GrantState, kind: NoticeKind, *, first: bool) -> None:
    """Refuse (409) a notice that cannot follow: the first awards, also what was entered as granted
    or refused before (after an objection); nothing follows on what was withdrawn."""
    awards = {NoticeKind.award} if state is not GrantState.withdrawn else set()
    if kind not in (awards if first else FOLLOWS.get(state, set())):
        what = "first" if first else "next"
        text = f"The {what} notice of a grant that is {state} cannot be of the kind {kind}."
        raise Conflict(text, pointer="/kind", code="kind")


def check_notice(new: NewNotice, before: NewNotice | None) -> None:
    """Refuse what does not add up to the cent, and what does not follow on the notice before."""
    faults = [*money_faults(new), *_plan(new), *_budget(new), *_partners(new)]
    faults += [
        fault
        for i, override in enumerate(new.overrides)
        for fault in override_faults(override, f"/overrides/{i}")
    ]
    if excluded((one.parameter, one.scope) for one in new.overrides):
        text = "These flat rates exclude each other (Art. 54 to 56 Regulation (EU) 2021/1060)."
        faults.append(Fault(pointer="/overrides", code="excluded", detail=text))
    if before is not None:
        faults += _following(new, before)
    if faults:
        raise Invalid("The notice does not fit; nothing was stored.", faults=faults)


def _plan(new: NewNotice) -> Iterator[Fault]:
    """The financing plan: who pays what, by year; empty when it is not known."""
    for i, source in enumerate(new.sources):
        if source.amount is None:
            text = "In a notice every source has its amount."
            yield Fault(pointer=f"/sources/{i}/amount", code="amount_unknown", detail=text)
        if source.year is not None and not new.starts_on.year <= source.year <= new.ends_on.year:
            text = "This year is not in the period of the grant."
            yield Fault(pointer=f"/sources/{i}/year", code="outside", detail=text)
    known = [source.amount for source in new.sources if source.amount is not None]
    if not new.sources or len(known) < len(new.sources):
        return
    total = sum(known, Decimal(0))
    if total < new.eligible_cost:  # more is refused by `money_faults`
        text = f"The sources are {total} together, not {new.eligible_cost}."
        yield Fault(pointer="/sources", code="sum", detail=text)
    own = sum((s.amount or 0 for s in new.sources if s.kind is SourceKind.own), Decimal(0))
    if new.amount > total - own:
        text = f"All but the own money is {total - own}; the grant is more."
        yield Fault(pointer="/amount", code="above_sources", detail=text)


def _budget(new: NewNotice) -> Iterator[Fault]:
    for i, line in enumerate(new.budget_lines):
        if line.year is not None and not new.starts_on.year <= line.year <= new.ends_on.year:
            text = "This year is not in the period of the grant."
            yield Fault(pointer=f"/budget_lines/{i}/year", code="outside", detail=text)
    total = sum((line.amount for line in new.budget_lines), Decimal(0))
    if new.budget_lines and total != new.eligible_cost:
        text = f"The budget lines are {total} together, not {new.eligible_cost}."
        yield Fault(pointer="/budget_lines", code="sum", detail=text)


def _partners(new: NewNotice) -> Iterator[Fault]:
    cost = sum((one.eligible_cost for one in new.partner_budgets), Decimal(0))
    amount = sum((one.amount or 0 for one in new.partner_budgets), Decimal(0))
    if cost > new.eligible_cost or amount > new.amount:
        text = "The budgets of the partners are more than the whole."
        yield Fault(pointer="/partner_budgets", code="above_whole", detail=text)
    for i, one in enumerate(new.partner_budgets):
        if one.amount is not None and one.amount > one.eligible_cost:
            text = "The grant is more than the eligible cost."
            pointer = f"/partner_budgets/{i}/amount"
            yield Fault(pointer=pointer, code="above_cost", detail=text)


def _following(new: NewNotice, before: NewNotice) -> Iterator[Fault]:
    if new.issued_on < before.issued_on:
        text = "The notice before it was issued later."
        yield Fault(pointer="/issued_on", code="before", detail=text)
    if new.kind is NoticeKind.extension and new.ends_on <= before.ends_on:
        text = f"An extension ends after {before.ends_on}."
        yield Fault(pointer="/ends_on", code="no_extension", detail=text)
    if new.kind is NoticeKind.revocation and new.amount >= before.amount:
        text = f"A revocation leaves less than {before.amount}."
        yield Fault(pointer="/amount", code="no_revocation", detail=text)


def check_lasting(now: NewNotice, new: NewNotice) -> None:
    """Refuse (409) to change the substance of a notice that another has followed."""
    faults = [
        Fault(pointer=f"/{name}", code="followed", detail="A later notice rests on this one.")
        for name in NewNotice.model_fields
        if name not in LASTING and getattr(now, name) != getattr(new, name)
    ]
    if faults:
        raise Conflict("Another notice has followed; nothing was stored.", faults=faults)


def state_after(kind: NoticeKind, now: GrantState) -> GrantState:
    """How far the grant is when this notice holds."""
    if kind is NoticeKind.final:
        return GrantState.closed
    return now if now is GrantState.closed else GrantState.granted


def state_on(
    now: GrantState, by_notice: GrantState | None, *, ended: bool, noticed: bool
) -> GrantState:
    """How far a grant was on a day: `by_notice` holds then, `now` is how far it is today."""
    if ended or not noticed:
        return now
    return GrantState.applied if by_notice is None else by_notice


def references(new: NewNotice) -> list[Pointing]:
    """What it names of other services."""
    return [
        *named_sources(new.sources),
        *(
            Pointing(ORGANISATION, one.organisation, f"/partner_budgets/{i}/organisation")
            for i, one in enumerate(new.partner_budgets)
        ),
    ]
