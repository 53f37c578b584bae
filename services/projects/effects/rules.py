"""What the effects of a measure depend on, and what of them a reader may see: pure functions."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from pydantic import BaseModel

from services.contracts.projects.effects import ReferenceKind, TargetEffect
from services.contracts.projects.measure_targets import MeasureTarget
from services.contracts.shared.base import Language
from services.projects.before_and_after.rules import effect
from services.projects.indicator_reading.rules import Place, PublishedFigures

CAVEAT: dict[Language, str] = {
    "de": (
        "Eine Veränderung nach der Maßnahme ist noch keine Wirkung der Maßnahme: Anderes kann sie "
        "bewirkt haben, etwa die Wirtschaftslage, Zuzug oder andere Maßnahmen. Kleine Zahlen "
        "schwanken auch ohne Grund. Vergleichsgebiete zeigen, was dort geschah, nicht, was hier "
        "ohne die Maßnahme geschehen wäre."
    ),
    "en": (
        "A change after the measure is not yet an effect of the measure: something else may have "
        "caused it, such as the economy, people moving in, or other measures. Small numbers vary "
        "without any reason. Areas compared with show what happened there, not what would have "
        "happened here without the measure."
    ),
}


class Evaluated(Protocol):
    """A measure, as far as its effects depend on it."""

    @property
    def starts_on(self) -> date | None: ...

    @property
    def targets(self) -> Sequence[Any]: ...


class Asked(BaseModel):
    """What the effects of a measure were found for."""

    starts_on: date | None
    targets: list[MeasureTarget]


def asked(measure: Evaluated) -> Asked:
    """What the effects of a measure depend on, beside the figures."""
    return Asked.model_validate({"starts_on": measure.starts_on, "targets": measure.targets})


def answers(then: Asked, now: Asked) -> bool:
    """Do effects that were found for `then` say everything of `now`, whose reader may see fewer
    targets and fewer areas that they are compared with?"""
    return then.starts_on == now.starts_on and all(
        any(
            set(one.compared_with) <= set(other.compared_with)
            and other.model_copy(update={"compared_with": one.compared_with}) == one
            for other in then.targets
        )
        for one in now.targets
    )


def seen(results: Iterable[TargetEffect], targets: Sequence[MeasureTarget]) -> list[TargetEffect]:
    """Of what was found that of the targets and areas that the reader may see."""
    wanted = {(t.indicator, t.breakdown, t.area): set(t.compared_with) for t in targets}
    shown = []
    for one in results:
        areas = wanted.get((one.indicator, one.breakdown, one.area))
        if areas is not None:
            compared = [
                other
                for other in one.compared
                if other.kind is ReferenceKind.parent or other.area in areas
            ]
            shown.append(one.model_copy(update={"compared": compared}))
    return shown


def place_of(found: TargetEffect) -> Place:
    """Where a target was when its effect was found."""
    above = (one.area for one in found.compared if one.kind is ReferenceKind.parent)
    return Place(next(above, None), found.territory, tuple(found.crosswalks))


def effects(asked: Asked, published: PublishedFigures) -> list[TargetEffect]:
    """What became of each target of a measure."""
    return [
        effect(
            target,
            asked.starts_on,
            published.briefs.get(target.indicator),
            partial(published.of, target),
            published.place(target),
        )
        for target in asked.targets
    ]
