"""What is missing in the threads of the municipality, as the report's reader may know."""

import asyncio
from collections.abc import Mapping
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours
from services.boards.report_bindings.rules import Binding
from services.boards.report_entries.elsewhere import places_of_findings
from services.boards.report_entries.queries import check_responsible, entry
from services.boards.report_entries.rules import MOST, Span, check_count
from services.boards.threads.queries import in_charges, tellings
from services.contracts.boards.report_editions import ShownEntry
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Texts
from services.contracts.shared.thread_walks import Followed, FollowedQuestion, GapQuestion, Lacking
from services.contracts.shared.threads import NodeRef, NodeType, ThreadGap, ThreadGapKind
from services.kit.database import municipality_of
from services.kit.problems import Unavailable, UpstreamTimeout
from services.kit.threads import charges, queries
from services.kit.threads.rules import joined, together
from services.kit.threads.walk import every_gap

_ANSWERED_ELSEWHERE = (NodeType.finding, NodeType.resolution)


async def gaps(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding, span: Span
) -> list[ShownEntry]:
    """The gaps that there were by the day of the report, the oldest first.

    Of one kind, of one body or organisation that is to act. Refuses (503) while a service is away;
    raises Unresolved.
    """
    asked, responsible = binding["kind"], binding["responsible"]
    if responsible is not None:
        await check_responsible(session, responsible)
    kinds = frozenset(ThreadGapKind) if asked is None else frozenset({ThreadGapKind(asked)})
    found: list[ThreadGap] = []
    ask = partial(_lacking, session, beside, reader)
    async for gap in every_gap(ask, kinds, span.on):
        if gap.since is not None and gap.since > span.on:
            continue
        if responsible in (None, gap.responsible.key if gap.responsible else None):
            found.append(gap)
        if len(found) > MOST:
            break
    check_count(len(found))
    of_findings = [gap for gap in found if gap.kind is ThreadGapKind.finding_unanswered]
    where = await places_of_findings(session, beside, reader) if of_findings else {}
    return [
        entry(
            f"{gap.kind} {gap.node}",
            _title(gap, where),
            gap.since,
            gap.kind,
            gap.responsible.name if gap.responsible else None,
        )
        for gap in found
    ]


async def _lacking(
    session: AsyncSession, beside: Neighbours, reader: Actor, question: GapQuestion
) -> tuple[Lacking, set[NodeRef]]:
    """What may lack something, and what of that is followed by something all the same."""
    town = municipality_of(session).key
    here = await queries.lacking(session, question, tellings())
    try:
        parts = await asyncio.gather(
            *(
                peer.ask(Lacking, f"/internal/gaps/{town}", reader, question)
                for peer in (beside.indicators, beside.projects)
            )
        )
        lacking = together((here, *parts))
        refs = [
            NodeRef(node.type, node.key)
            for node in lacking.nodes
            if node.type in _ANSWERED_ELSEWHERE
        ]
        charge = charges.wanted(lacking.nodes, charges.NOTHING)
        asked = FollowedQuestion(refs=refs, charge=charge)
        known = await queries.followed(session, asked, in_charges)
        followed = set(known.refs)
        if refs:
            address, which = f"/internal/followed/{town}", FollowedQuestion(refs=refs)
            followed |= set((await beside.projects.ask(Followed, address, reader, which)).refs)
    except UpstreamTimeout as slow:
        raise Unavailable(f"{slow.detail} Nothing was stored.") from None
    return charges.told(lacking, known.charge), followed


def _title(gap: ThreadGap, where: Mapping[str, Texts]) -> Texts:
    """The title; of a finding with its area, for one rule finds the same in many."""
    area = where.get(NodeRef.read(gap.node).key)
    return gap.title if area is None else joined([gap.title, area])
