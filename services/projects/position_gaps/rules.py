"""When staff will be without money of a grant: pure functions over days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.contracts.projects.grants import GrantState
from services.contracts.projects.position_gaps import GapKind, PositionGap
from services.contracts.projects.positions import Position

ONE = timedelta(1)
ZERO = Decimal(0)
PAYING = frozenset({GrantState.granted, GrantState.closed})


@dataclass(frozen=True)
class Funding:
    """A grant as far as it matters for positions."""

    key: str
    project: str
    programme: str
    state: GrantState
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class _Part:
    grant: str
    share: Decimal
    first: date
    last: date


def gaps(
    position: Position,
    grants: Mapping[str, Funding],
    successors: Mapping[str, Sequence[str]],
    on: date,
    horizon: date,
) -> list[PositionGap]:
    """The gaps of a position that are there on a day or begin until `horizon`.

    `successors` are the programmes that continue a programme. Money counts from the first to the
    last day of its part and of its grant, and only when that was granted. The end of a position is
    no gap when a grant that could follow pays on the next day; one that begins later ends the gap.
    """
    parts = list(_parts(position, grants))
    found = list(_drops(position, parts, on, horizon))
    ends = position.ends_on
    if ends is not None and on <= ends + ONE <= horizon:
        ended = [part.grant for part in parts if part.last == ends]
        share = sum((part.share for part in parts if part.last == ends), ZERO)
        if not position.funding:  # who pays what is not known, only that the project is funded
            ended = [
                grant.key
                for grant in grants.values()
                if position.project is not None
                and grant.project == position.project
                and grant.state in PAYING
                and (grant.ends_on is None or grant.ends_on <= ends)
            ]
        if ended:
            known = share if position.funding else None
            found.append(_gap(position, GapKind.position_ends, ends + ONE, None, known, ended))
    told = (_with_prospects(gap, position, grants, successors) for gap in found)
    return [
        gap
        for gap in told
        if gap.kind is GapKind.funding_ends or not gap.granted or gap.until is not None
    ]


def _parts(position: Position, grants: Mapping[str, Funding]) -> Iterator[_Part]:
    """The money that is there, cut to the time of the grant and of the position."""
    for part in position.funding:
        grant = grants.get(part.grant)
        if grant is None or grant.state not in PAYING or part.share <= 0:
            continue
        first = max(part.starts_on, position.starts_on, grant.starts_on or date.min)
        ends = (part.ends_on, position.ends_on, grant.ends_on)
        last = min([day for day in ends if day is not None], default=date.max)
        if first <= last:
            yield _Part(part.grant, part.share, first, last)


def _level(parts: Sequence[_Part], day: date) -> Decimal:
    return sum((part.share for part in parts if part.first <= day <= part.last), ZERO)


def _drops(
    position: Position, parts: Sequence[_Part], on: date, horizon: date
) -> Iterator[PositionGap]:
    """Days on which less is paid than the day before, until as much is paid again."""
    end = position.ends_on or date.max
    for last in sorted({part.last for part in parts if part.last < end}):
        day = last + ONE
        before, after = _level(parts, last), _level(parts, day)
        if after >= before or day > horizon:
            continue
        again = [p.first for p in parts if p.first > day and _level(parts, p.first) >= before]
        until = min(again) - ONE if again else position.ends_on
        if until is None or until >= on:
            ended = [part.grant for part in parts if part.last == last]
            missing = before - after
            yield _gap(position, GapKind.funding_ends, day, until, missing, ended)


def _gap(
    position: Position,
    kind: GapKind,
    day: date,
    until: date | None,
    share: Decimal | None,
    ended: Sequence[str],
) -> PositionGap:
    return PositionGap(
        position=position.key,
        title=position.title,
        project=position.project,
        kind=kind,
        day=day,
        until=until,
        fte=position.fte * position.count,
        share=share,
        ended=sorted(set(ended)),
        applied=[],
        granted=[],
        successor_programmes=[],
    )


def _with_prospects(
    gap: PositionGap,
    position: Position,
    grants: Mapping[str, Funding],
    successors: Mapping[str, Sequence[str]],
) -> PositionGap:
    """Which grants could follow: of the same project, or of the programmes that continue those of
    the grants that ended, and that last longer than these."""
    programmes = {grants[key].programme for key in gap.ended}
    following = {next_ for programme in programmes for next_ in successors.get(programme, ())}
    could = [
        grant
        for grant in grants.values()
        if grant.key not in gap.ended
        and (grant.ends_on is None or grant.ends_on >= gap.day)
        and (grant.starts_on is not None or grant.ends_on is not None)
        and (
            (position.project is not None and grant.project == position.project)
            or grant.programme in following
        )
    ]
    granted = [grant for grant in could if grant.state is GrantState.granted]
    until = gap.until
    if gap.kind is GapKind.position_ends and granted:
        begins = min(grant.starts_on or date.min for grant in granted)
        until = begins - ONE if begins > gap.day else None
    return gap.model_copy(
        update={
            "until": until,
            "applied": sorted(g.key for g in could if g.state is GrantState.applied),
            "granted": sorted(grant.key for grant in granted),
            "successor_programmes": sorted(following),
        }
    )
