"""Every question asked for the lists of a report; the session reads as the report's reader."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.bodies.tables import BodyRow
from services.boards.evidences.tables import EvidenceRow
from services.boards.grounds.queries import evidence_of
from services.boards.grounds.tables import OnPaper
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.recommendations.queries import chosen as chosen_recommendations
from services.boards.recommendations.rules import ANSWERS
from services.boards.recommendations.tables import RecommendationRow, state_of
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_entries.rules import MOST, Span, check_count
from services.boards.resolutions import rules as resolutions
from services.boards.resolutions.queries import RESOLUTIONS, Choice, endings_of
from services.boards.resolutions.tables import ResolutionRow, ResponseRow
from services.contracts.boards.recommendations import RecommendationState
from services.contracts.boards.report_editions import ShownEntry
from services.contracts.boards.resolutions import ResolutionKind, ResolutionState
from services.kit.resources import Kind, seen_keys


async def recommendations(session: AsyncSession, binding: Binding, span: Span) -> list[ShownEntry]:
    """Recommendations by the day of the report and as they stand on it, the latest first."""
    await _check_bodies(session, binding)
    where = chosen_recommendations(session, binding["body"], binding["addressed_to"])
    answer, asked = _answer(span.on), binding["state"]
    if asked is not None:
        state = RecommendationState(asked)
        where.append(col(RecommendationRow.valid).is_(state != RecommendationState.void))
        if state in ANSWERS:
            where.append(answer.is_not_distinct_from(ANSWERS[state]))
    rows = await _latest(session, RECOMMENDATIONS, binding, span, where)
    names = await _names(session, rows)
    given = select(RecommendationRow.key, answer).where(
        RECOMMENDATIONS.seen(session), col(RecommendationRow.key).in_([row.key for row in rows])
    )
    answers = dict((await session.exec(given)).all())
    return [_entry(row, names, state_of(row.valid, answers.get(row.key)), binding) for row in rows]


def _answer(on: date) -> ScalarSelect[str | None]:
    """What the latest valid resolution by the day made of the recommendation."""
    return (
        select(ResponseRow.kind)
        .join(
            ResolutionRow,
            (col(ResolutionRow.municipality_id) == col(ResponseRow.municipality_id))
            & (col(ResolutionRow.key) == col(ResponseRow.resolution)),
        )
        .where(
            col(ResponseRow.municipality_id) == col(RecommendationRow.municipality_id),
            col(ResponseRow.recommendation) == col(RecommendationRow.key),
            col(ResolutionRow.valid),
            col(ResolutionRow.decided_on) <= on,
        )
        .order_by(col(ResolutionRow.decided_on).desc(), col(ResolutionRow.id).desc())
        .limit(1)
        .correlate(RecommendationRow)
        .scalar_subquery()
    )


async def decisions(session: AsyncSession, binding: Binding, span: Span) -> list[ShownEntry]:
    """Resolutions by the day of the report and as they stand on it, the latest first."""
    await _check_bodies(session, binding)
    kind, state = binding["kind"], binding["state"]
    choice = Choice(
        body=binding["body"],
        strategy=binding["strategy"],
        kind=None if kind is None else ResolutionKind(kind),
        state=None if state is None else ResolutionState(state),
    )
    rows = await _latest(session, RESOLUTIONS, binding, span, choice.where(session, span.on))
    names = await _names(session, rows)
    ended = await endings_of(session, [row.key for row in rows])
    return [
        _entry(
            row,
            names,
            resolutions.state(valid=row.valid, ended=ended.get(row.key), today=span.on),
            binding,
            row.reference,
        )
        for row in rows
    ]


async def evidence(session: AsyncSession, binding: Binding) -> Sequence[EvidenceRow]:
    """The figures that a recommendation or resolution rests on; raises Unresolved."""
    ((of, key),) = binding.asked
    kind: Kind[Any] = RECOMMENDATIONS if of == "recommendation" else RESOLUTIONS
    if key not in (await seen_keys(session, (kind, {key})))[kind.collection]:
        raise Unresolved("unknown", f"There is no {of} {key!r} that the readers may see.")
    return list((await evidence_of(session, of, [key])).get(key, ()))


async def _check_bodies(session: AsyncSession, binding: Binding) -> None:
    named = {key for name in ("body", "addressed_to") if (key := binding[name]) is not None}
    missing = named - (await seen_keys(session, (BODIES, named)))["bodies"] if named else ()
    if missing:
        raise Unresolved("unknown", f"There is no body {min(missing)!r} that the readers may see.")


async def check_responsible(session: AsyncSession, key: str) -> None:
    """Refuse a body or organisation that the readers do not know."""
    known = await seen_keys(session, (BODIES, {key}), (ORGANISATIONS, {key}))
    if not any(key in keys for keys in known.values()):
        detail = f"There is no body or organisation {key!r} that the readers may see."
        raise Unresolved("unknown", detail)


async def _latest(
    session: AsyncSession, kind: Kind[Any], binding: Binding, span: Span, where: list[Any]
) -> Sequence[Any]:
    decided_on = col(kind.row.decided_on)
    where = [*where, kind.seen(session), decided_on <= span.on]
    if (key := binding["key"]) is not None:
        where.append(col(kind.row.key) == key)
    if (since := span.after(binding)) is not None:
        where.append(decided_on > since)
    statement = select(kind.row).where(*where).order_by(decided_on.desc(), col(kind.row.key))
    rows = (await session.exec(statement.limit(MOST + 1))).all()
    check_count(len(rows))
    if binding["key"] is not None and not rows:
        raise Unresolved("unknown", "There is none of that key that the readers may see.")
    return rows


async def _names(session: AsyncSession, rows: Sequence[OnPaper]) -> Mapping[str, dict[str, str]]:
    """The names of the bodies that the reader may see."""
    statement = select(BodyRow).where(
        BODIES.seen(session), col(BodyRow.key).in_({row.body for row in rows})
    )
    return {body.key: body.name for body in await session.exec(statement)}


def _entry(
    row: OnPaper,
    names: Mapping[str, dict[str, str]],
    state: str,
    binding: Binding,
    reference: str | None = None,
) -> ShownEntry:
    told = entry(row.key, row.title, row.decided_on, state, names.get(row.body), reference)
    return told if binding["key"] is None else told.model_copy(update={"text": row.text})


def entry(
    key: str,
    title: Mapping[Any, str],
    day: date | None,
    state: str | None = None,
    of: Mapping[Any, str] | None = None,
    reference: str | None = None,
) -> ShownEntry:
    """An entry of a list."""
    return ShownEntry.model_validate(
        {
            "key": key,
            "title": title,
            "reference": reference,
            "of": of,
            "day": day,
            "state": state,
        }
    )
