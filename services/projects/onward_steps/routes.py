"""Onward grants over HTTP: what happens to them."""

from services.contracts.projects.onward_grants import (
    OnwardDecision,
    OnwardEnd,
    OnwardGrant,
    OnwardNotice,
    OnwardPayout,
    OnwardProof,
    OnwardRecovery,
    OnwardRepayment,
)
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.onward_steps import commands
from services.projects.references.commands import Peers

onward_steps = router("Onward grants")
WRITE = requires("projects.onward_grants:write")


@onward_steps.post(
    "/onward-grants/{key}/decision", response_model=OnwardGrant, dependencies=[WRITE]
)
async def decide_onward_grant(
    session: Writing, peers: Peers, key: str, decision: OnwardDecision
) -> OnwardGrantRow:
    """Decide on an onward grant.

    By a body, with its resolution where there is one, or by an office. An approval binds its
    amount of the grant at once; a further one gives more. Refused (409): more than was applied for,
    more than is free of the grant together with its own use, less than a notice awards; (422) a
    body, office or resolution that is not there.
    """
    return await commands.decide(session, peers, key, decision)


@onward_steps.post("/onward-grants/{key}/notices", response_model=OnwardGrant, dependencies=[WRITE])
async def notify_onward_grant(session: Writing, key: str, notice: OnwardNotice) -> OnwardGrantRow:
    """Issue a notice to the recipient.

    The first awards what was approved, or less; a later one changes the amount (0 revokes it), and
    what it takes is free again. Refused (409): more than was approved, and less than was paid and
    not demanded back.
    """
    return await commands.notify(session, key, notice)


@onward_steps.post("/onward-grants/{key}/payouts", response_model=OnwardGrant, dependencies=[WRITE])
async def pay_onward_grant(session: Writing, key: str, payout: OnwardPayout) -> OnwardGrantRow:
    """Enter a payout to the recipient.

    Send an Idempotency-Key: what is repeated is then paid once. Refused (409): more than is
    awarded, together with what was paid and not demanded back.
    """
    return await commands.pay(session, key, payout)


@onward_steps.post("/onward-grants/{key}/proof", response_model=OnwardGrant, dependencies=[WRITE])
async def prove_onward_grant(session: Writing, key: str, proof: OnwardProof) -> OnwardGrantRow:
    """Enter the proof of use.

    When it came (Verwendungsnachweis), and later, as a whole again, when it was checked and what
    was accepted. `to_recover` then says what is to be demanded back.
    """
    return await commands.prove(session, key, proof)


@onward_steps.post(
    "/onward-grants/{key}/recoveries", response_model=OnwardGrant, dependencies=[WRITE]
)
async def demand_onward_grant(
    session: Writing, key: str, recovery: OnwardRecovery
) -> OnwardGrantRow:
    """Demand money back from the recipient.

    The award is less by it (Rückforderung), and so is what is bound of the grant, unless it will
    be paid again. Refused (409): more than the recipient has.
    """
    return await commands.demand(session, key, recovery)


@onward_steps.post(
    "/onward-grants/{key}/repayments", response_model=OnwardGrant, dependencies=[WRITE]
)
async def repay_onward_grant(
    session: Writing, key: str, repayment: OnwardRepayment
) -> OnwardGrantRow:
    """Enter money that came back.

    Refused (409): more than was demanded back.
    """
    return await commands.repay(session, key, repayment)


@onward_steps.post("/onward-grants/{key}/closing", response_model=OnwardGrant, dependencies=[WRITE])
async def close_onward_grant(session: Writing, key: str, end: OnwardEnd) -> OnwardGrantRow:
    """Close an onward grant.

    What was not paid out is free again. Refused (409) while the proof of use is not checked,
    something is to be demanded back, or has not come back.
    """
    return await commands.close(session, key, end)


@onward_steps.post(
    "/onward-grants/{key}/withdrawal", response_model=OnwardGrant, dependencies=[WRITE]
)
async def withdraw_onward_grant(session: Writing, key: str, end: OnwardEnd) -> OnwardGrantRow:
    """Withdraw an onward grant.

    The recipient takes the application back, or gives up the award; what it bound is free again.
    Refused (409) while there is something that was paid and not demanded back.
    """
    return await commands.withdraw(session, key, end)
