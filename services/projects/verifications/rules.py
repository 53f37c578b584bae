"""Results of checks: pure functions. Accepted, reduced and parked always make the part."""

from collections.abc import Sequence

from services.contracts.projects.expenditures import (
    ExpenditurePart,
    NewVerification,
    ParkedRelease,
    Verification,
)
from services.kit.problems import Conflict, Invalid


def part_of(parts: Sequence[ExpenditurePart], grant: str) -> ExpenditurePart:
    """The part that is put to the grant; 422 where there is none."""
    for part in parts:
        if part.grant == grant:
            return part
    text = f"Nothing of the expenditure is put to the grant {grant!r}."
    raise Invalid(text, pointer="/grant", code="unknown")


def verified(part: ExpenditurePart, new: NewVerification) -> Verification:
    """The result of a check, which may take the place of an earlier one.

    Refused: results that do not make the part, cuts without a reason.
    """
    told = new.accepted + new.reduced + new.parked
    if told != part.amount:
        text = f"Accepted, reduced and parked make {told}; the part is {part.amount}."
        raise Invalid(text, pointer="/accepted", code="not_the_part")
    if (new.reduced or new.parked) and new.reason is None:
        raise Invalid("What is cut or parked has a reason.", pointer="/reason", code="missing")
    return Verification.model_validate(new)


def released(part: ExpenditurePart, new: ParkedRelease) -> Verification:
    """The result after some or all of what was parked is decided.

    Refused: where nothing is parked (409), more than is parked, cuts without a reason.
    """
    before = part.verification
    if before is None or not before.parked:
        raise Conflict("Nothing of this part is parked.", pointer="/grant", code="nothing_parked")
    decided = new.accepted + new.reduced
    if not decided or decided > before.parked:
        text = f"More than nothing and no more than the {before.parked} that are parked."
        raise Invalid(text, pointer="/accepted", code="above_parked")
    if new.reduced and new.reason is None:
        raise Invalid("What is cut has a reason.", pointer="/reason", code="missing")
    return Verification(
        accepted=before.accepted + new.accepted,
        reduced=before.reduced + new.reduced,
        parked=before.parked - decided,
        reason=new.reason or before.reason,
        verified_on=new.released_on,
    )


def with_result(
    parts: Sequence[ExpenditurePart], grant: str, result: Verification
) -> list[ExpenditurePart]:
    """The parts, that of the grant with this result."""
    return [
        part.model_copy(update={"verification": result}) if part.grant == grant else part
        for part in parts
    ]
