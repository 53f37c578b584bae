"""What a vote may be the ground of: pure functions."""

from collections.abc import Collection

from services.contracts.boards.bodies import Mandate
from services.contracts.boards.consultations import ConsultationRole
from services.contracts.boards.votes import VoteOutcome, VotePurpose, VoteState
from services.kit.problems import Conflict, Invalid


def check_vote(
    purpose: VotePurpose,
    state: VoteState,
    outcome: VoteOutcome | None,
    *,
    quorate: bool,
    wanted: VoteOutcome = VoteOutcome.adopted,
) -> None:
    """Refuse a vote that is not closed, not quorate, not on the matter, or went another way.

    What a body turns down (`wanted` is rejected) rests on a vote as much as what it adopts.
    """
    if purpose != VotePurpose.decision:
        raise Invalid(
            f"That was a vote on something else ({purpose}).", pointer="/vote", code="other-purpose"
        )
    if state != VoteState.closed:
        raise Conflict(f"The vote is {state}.", pointer="/vote", code="not-closed")
    if outcome != wanted or not quorate:
        raise Conflict(
            f"The vote was not {wanted} ({outcome}).", pointer="/vote", code=f"not-{wanted}"
        )


def check_recommends(role: ConsultationRole | None) -> None:
    """Refuse a recommendation where the body was asked to decide, or to take note."""
    if role not in (None, ConsultationRole.advises, ConsultationRole.hears, ConsultationRole.other):
        raise Conflict(
            f"The body {role} here; that is no recommendation.", pointer="/vote", code="other-role"
        )


def check_decides(mandates: Collection[str], role: ConsultationRole | None) -> None:
    """Refuse a resolution of a body without the mandate, or where it was asked for advice only.

    A Beirat never decides; a committee decides where the way of the paper says so.
    """
    if Mandate.decides not in mandates:
        raise Conflict("The body has no mandate to decide.", pointer="/vote", code="no-mandate")
    if role not in (None, ConsultationRole.decides):
        raise Conflict(
            f"The body {role} here; it does not decide.", pointer="/vote", code="other-role"
        )


def check_order(earlier: Collection[str]) -> None:
    """Refuse a resolution while bodies that come before have not yet dealt with the paper."""
    if earlier:
        raise Conflict(
            f"Before it come consultations that are neither held nor cancelled: "
            f"{', '.join(sorted(earlier))}.",
            pointer="/vote",
            code="not-yet",
        )


def check_language(before: str, after: str) -> None:
    """Refuse another German text: it is what was voted on."""
    if before != after:
        raise Invalid("The German text is what was voted on.", pointer="/text/de", code="immutable")
