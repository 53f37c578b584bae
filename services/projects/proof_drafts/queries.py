"""Gathering a proof of use."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.expenditures import Expenditure
from services.contracts.projects.measures import MeasureState
from services.contracts.projects.obligations import Obligation
from services.contracts.projects.onward_grants import OnwardGrant
from services.contracts.projects.proofs_of_use import ProofMeasure, ProofOfUse
from services.kit.database import municipality_of
from services.projects.attainments import queries as attainments
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.figures.rules import all_figures
from services.projects.grant_facts import queries as grant_facts
from services.projects.grants.queries import GRANTS
from services.projects.measures import queries as measures
from services.projects.measures.queries import Wanted
from services.projects.notices import queries as notices
from services.projects.obligations.tables import ObligationRow
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.tables import ProjectRow
from services.projects.proof_drafts import rules
from services.projects.proof_drafts.rules import Named
from services.projects.proof_reports import rules as report
from services.projects.references.queries import names_of
from services.projects.references.rules import ORGANISATION, RESOLUTION, Place


async def of_grant(session: AsyncSession, key: str, on: date) -> ProofOfUse:
    """The proof of use of a grant as of a day; 404 when there is no such grant.

    Everything stored counts, whoever asks: only the administration may ask.
    """
    grant = await GRANTS.one(session, key)
    facts = await grant_facts.of(session, grant.key, on)
    state = await notices.as_of(session, grant.key, on, None)
    named = col(ExpenditureRow.parts).contains([{"grant": grant.key}])
    papers = [Expenditure.model_validate(r) for r in await _rows(session, ExpenditureRow, named)]
    passed_on = [
        OnwardGrant.model_validate(row) for row in await _of(session, OnwardGrantRow, grant.key)
    ]
    duties = [Obligation.model_validate(r) for r in await _of(session, ObligationRow, grant.key)]
    paid_for = [
        ProofMeasure(
            measure=row.key, title=row.title, state=MeasureState(row.state), mandate=row.mandate
        )
        for row in await measures.every(session, Wanted(grant=grant.key))
    ]
    progress = await attainments.of_the_grant(session, grant.key, on)
    places = _places(grant.grantee, papers, passed_on, paid_for)
    names = {place: dict(name) for place, name in (await names_of(session, places)).items()}
    figures = Named(all_figures(facts))
    lines = rules.expenditure(facts, figures)
    receipts = rules.receipts(facts, {paper.key: paper for paper in papers}, names)
    onward = rules.onward(passed_on, on, names)
    reached = report.targets(progress)
    duty, undone = report.duty(duties), report.undone(duties, on)
    session.info.pop("revision", None)  # it is of a row, the answer is of a day
    return ProofOfUse(
        grant=grant.key,
        project=grant.project,
        project_name=await _name(session, ProjectRow, grant.project),
        programme=grant.programme,
        programme_name=await _name(session, ProgrammeRow, grant.programme),
        grantee=grant.grantee,
        grantee_name=names.get(Place(ORGANISATION, grant.grantee)),
        reference=grant.reference,
        on=on,
        notice=facts.notice,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        financing=facts.financing,
        due_on=duty.due_on if duty else None,
        obligation=duty.key if duty else None,
        income=rules.income(facts),
        expenditure=lines,
        settlement=rules.settlement(facts, figures),
        receipts=receipts,
        onward_grants=onward,
        targets=reached,
        measures=paid_for,
        decisions=report.decisions(paid_for, passed_on, on, names),
        conditions=state.conditions,
        publicity=report.publicity(facts),
        obligations=undone,
        checks=report.checks(facts, figures, lines, receipts, onward, reached, undone),
        reasons=[],
    )


def _places(
    grantee: str,
    papers: Sequence[Expenditure],
    passed_on: Sequence[OnwardGrant],
    paid_for: Sequence[ProofMeasure],
) -> set[Place]:
    organisations = [grantee, *(p.supplier for p in papers), *(g.recipient for g in passed_on)]
    resolutions = [measure.mandate for measure in paid_for]
    resolutions += [decision.resolution for g in passed_on for decision in g.decisions]
    return {Place(ORGANISATION, key) for key in organisations if key} | {
        Place(RESOLUTION, key) for key in resolutions if key
    }


async def _of(session: AsyncSession, row: Any, grant: str) -> Sequence[Any]:
    return await _rows(session, row, col(row.grant) == grant)


async def _rows(session: AsyncSession, row: Any, where: Any) -> Sequence[Any]:
    statement = select(row).where(col(row.municipality_id) == municipality_of(session).id, where)
    return (await session.exec(statement.order_by(col(row.key)))).all()


async def _name(session: AsyncSession, row: Any, key: str) -> Any:
    statement = select(row.name).where(
        col(row.municipality_id) == municipality_of(session).id, col(row.key) == key
    )
    return (await session.exec(statement)).one()
