"""What a release shows of linked figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from services.indicators.disclosure.linked import labels, situation
from services.indicators.disclosure.linked.figures import Figures, Place, Version
from services.indicators.disclosure.linked.hiding import hide
from services.indicators.disclosure.linked.intervals import too_narrow
from services.indicators.disclosure.linked.relations import link
from services.indicators.disclosure.linked.situation import Cells, Known
from services.indicators.disclosure.linked.system import Mask, System

_ATTEMPTS = 4
"""How often reasons are withdrawn around a secret before they are for all that is linked."""


@dataclass(frozen=True)
class Decision:
    """Figures to hide from now on, each with its reason; what of earlier releases is taken back;
    secrets that stay open whatever is hidden, since their rules contradict each other."""

    hidden: Mapping[Place, str]
    retracted: Collection[Version]
    unprotected: Collection[Place]


def decide(figures: Figures, dominated: Mapping[Place, float], seconds: float) -> Decision:
    """What to hide of the figures as they stand now.

    `shown` of the figures are the versions up to now, each with its end, the earliest first.
    `dominated` are amounts that a rule of dominance hides, and how far off an estimate must be.

    What was hidden stays hidden as long as the figure stays the same; what was shown is known and
    protects nothing. Only where a secret cannot be kept otherwise (a rule has become stricter, or a
    figure comes late) is something taken back that was shown.
    """
    linked = link(figures)
    if not linked.standing:
        return Decision({}, [], [])
    cells, know = situation.cells(linked, figures), situation.known(linked, figures)
    standing = linked.standing[max(linked.standing)]
    now = np.zeros(len(linked.value), bool)
    now[standing[standing >= 0]] = True
    amounts = situation.amounts(linked, figures, dominated)
    secret = cells.small()
    secret[list(amounts)] = True
    kept = np.array([labels.is_for_good(reason) for reason in know.reason], bool)
    hidden = ~linked.real | secret | (~know.seen & ~linked.nothing & (kept | ~now))
    can_hide = linked.real & ~cells.open & (linked.value != 0)
    free = can_hide & ~know.seen
    asked = situation.system(cells, know, hidden=hidden, free=free, amounts=amounts)
    hidden, unmet = hide(asked, seconds)
    if unmet.any():
        # Some of it has been shown, or everything free is hidden already: take back.
        again = replace(
            asked,
            hidden=hidden,
            free=can_hide & ~hidden,
            demands=asked.demands.only(unmet[asked.demands.cell]),
        )
        hidden, unmet = hide(again, seconds)
    secret = linked.real & hidden & ~linked.nothing
    settled = situation.system(
        cells, know, hidden=hidden, free=np.zeros(len(now), bool), amounts={}
    )
    reasons = _reasons(cells, know, settled, np.flatnonzero(secret & now).tolist(), amounts)
    return Decision(
        {linked.name(n): reason for n, reason in reasons.items()},
        [version for figure, version in know.showing if secret[figure]],
        [linked.name(n) for n in np.flatnonzero(unmet).tolist()],
    )


def released(figures: Figures, decision: Decision, release: int) -> Figures:
    """The figures as they are shown when the decision is carried out."""
    told = {(version.place, version.since) for version in decision.retracted}
    shown = [
        version._replace(value=None, status="confidential", rule=f"retracted:{release}")
        if (version.place, version.since) in told
        else version
        for version in figures.shown
    ]
    for version in figures.raw:
        if version.until is None:
            reason = decision.hidden.get(version.place, "")
            value, status = (None, "confidential") if reason else (version.value, version.status)
            rule = reason or version.rule
            shown.append(version._replace(since=release, value=value, status=status, rule=rule))
    return replace(figures, shown=shown)


def _reasons(
    cells: Cells,
    know: Known,
    settled: System,
    which: Collection[int],
    amounts: Mapping[int, tuple[float, str]],
) -> dict[int, str]:
    """Why each of these figures is hidden.

    What is hidden already keeps its reason. Where the difference of small figures and those that
    are hidden beside them would tell too much, all of them have the same: "linked".
    """
    small, beside = cells.small(), _beside_a_few(cells, settled.hidden)
    made = {}
    for figure in which:
        own = cells.definitions[int(cells.indicator[figure])]
        if labels.is_for_good(know.reason[figure]):
            made[figure] = know.reason[figure]
        elif figure in amounts:
            made[figure] = amounts[figure][1]
        elif small[figure]:
            made[figure] = f"{labels.SMALL}:{own.minimum}"
        elif figure in beside:
            made[figure] = f"{labels.COMPLEMENT}:{beside[figure][1]}"
        else:
            made[figure] = labels.SECONDARY
    _say_less(cells, know, settled, made, beside)
    return made


def _say_less(
    cells: Cells,
    know: Known,
    settled: System,
    made: dict[int, str],
    beside: Mapping[int, tuple[int, int]],
) -> None:
    """Give the same reason to figures whose reasons would tell too much of a secret near them."""
    new = np.zeros(len(settled), bool)
    told = [figure for figure in made if labels.is_for_good(know.reason[figure])]
    new[list(made)] = True
    new[told] = False
    for part in _told(cells, settled, made, beside).parts():
        part = replace(part, demands=part.demands.only(part.demands.told))
        minimum = round(float((cells.minimum[part.place] / cells.one[part.place]).max()))
        for attempt in range(1, _ATTEMPTS + 1):
            known = [found.cell for found in too_narrow(part)]
            if not known:
                break
            near = np.zeros(len(part), bool)
            near[known] = True
            for _ in range(attempt):
                near = part.beside(near)
            near |= attempt == _ATTEMPTS
            for figure in part.place[near & new[part.place]].tolist():
                made[figure] = f"{labels.LINKED}:{minimum}"
            part = replace(
                part,
                told_down=np.where(near, settled.told_down[part.place], part.told_down),
                told_up=np.where(near, settled.told_up[part.place], part.told_up),
            )


def _beside_a_few(cells: Cells, hidden: Mask) -> dict[int, tuple[int, int]]:
    """Hidden parts of rates that leave only few: with what they leave, and the minimum."""
    made = {}
    for pair, rest in cells.complements():
        minimum = cells.definitions[int(cells.indicator[pair.numerator])].minimum
        for part in (pair.numerator, pair.denominator):
            if hidden[part]:
                made[part] = rest, minimum
                break
    return made


def _told(
    cells: Cells, settled: System, reasons: Mapping[int, str], beside: Mapping[int, tuple[int, int]]
) -> System:
    """What an outsider who believes these reasons takes for possible."""
    value = cells.linked.value
    low, high = np.full(len(value), -np.inf), np.full(len(value), np.inf)
    for figure, reason in reasons.items():
        own = cells.definitions[int(cells.indicator[figure])]
        low[figure], above = labels.told(reason, own)
        high[figure] = np.inf if above is None else above
        if reason.startswith(labels.COMPLEMENT) and figure in beside:
            rest, minimum = beside[figure]
            high[rest] = minimum - 1
    low[cells.signed] = -np.inf
    return situation.believing(settled, low - value, high - value)
