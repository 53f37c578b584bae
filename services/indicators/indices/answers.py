"""Results of an index as they are read: pure functions."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from services.contracts.indicators.index_results import (
    IndexColumns,
    IndexExplanation,
    IndexMatrix,
    IndexPreview,
    IndexResults,
    MatrixCell,
    PreviewColumns,
)
from services.contracts.indicators.indices import NewIndex
from services.indicators.indices.method.candidates import Figure
from services.indicators.indices.method.explaining import explained
from services.indicators.indices.method.halves import half
from services.indicators.indices.method.results import Result


def columns(found: Sequence[Result]) -> IndexColumns:
    """The results in columns."""
    return IndexColumns(
        area=[one.area for one in found],
        level=[one.level for one in found],
        period=[one.period for one in found],
        value=[_number(one.value) for one in found],
        class_code=[one.class_code for one in found],
        dynamics=[_number(one.dynamics) for one in found],
        dynamics_class=[one.dynamics_class for one in found],
        group=[one.group_code for one in found],
        excluded=[one.excluded for one in found],
        reason=[one.reason for one in found],
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def results(
    key: str,
    recipe: NewIndex | None,
    release: int | None,
    revision: int | None,
    found: Sequence[Result],
) -> IndexResults:
    """The results with the classes of the recipe by which they were computed."""
    dynamics = recipe.dynamics.classes if recipe and recipe.dynamics else []
    return IndexResults(
        index=key,
        release=release,
        revision=revision,
        classes=recipe.classes if recipe else [],
        dynamics_classes=dynamics,
        columns=columns(found),
    )


def matrix(
    key: str, recipe: NewIndex | None, release: int | None, found: Sequence[Result]
) -> IndexMatrix:
    """Areas of one period by state and dynamics; only those of the level that is compared."""
    own = [one for one in found if recipe and one.level == recipe.level]
    cells = []
    if recipe is not None and recipe.dynamics is not None:
        for status in recipe.classes:
            for dynamics in recipe.dynamics.classes:
                group = status.code + dynamics.code
                areas = [one.area for one in own if one.group_code == group]
                label = {
                    lang: f"{text}, {dynamics.label[lang]}"
                    for lang, text in status.label.items()
                    if lang in dynamics.label
                }
                cells.append(
                    MatrixCell(
                        group=group,
                        status=status.code,
                        dynamics=dynamics.code,
                        label=label,
                        count=len(areas),
                        areas=areas,
                    )
                )
    return IndexMatrix(
        index=key,
        period=own[0].period if own else None,
        release=release,
        cells=cells,
        not_classified=sum(one.group_code is None for one in own),
    )


def explanation(
    key: str,
    recipe: NewIndex,
    release: int,
    revision: int,
    found: Sequence[Result],
    result: Result,
    figures: Mapping[str, Sequence[Decimal | None]],
    names: Mapping[str, Any],
) -> IndexExplanation:
    """Why an area is in its class; `found` holds all results that share its scale.

    `figures` are those shown of the components, for `status` and for `dynamics`.
    """
    level = [one for one in found if one.level == result.level]
    place = result.period_end, result.area
    parts = {"status": recipe.classes}
    if recipe.dynamics is not None:
        parts["dynamics"] = recipe.dynamics.classes
    made = {
        name: explained(recipe, half(level, name, classes), place, figures[name], names)
        for name, classes in parts.items()
    }
    return IndexExplanation(
        index=key,
        area=result.area,
        level=result.level,
        period=result.period,
        release=release,
        revision=revision,
        group=result.group_code,
        excluded=result.excluded,
        reason=result.reason,
        status=made["status"],
        dynamics=made.get("dynamics"),
    )


def component_figures(
    recipe: NewIndex, result: Result, shown: Sequence[Figure]
) -> dict[str, list[Decimal | None]]:
    """What is shown of the components in the period of a result, and of their changes."""
    at = {
        (one.indicator, one.breakdown): one.value
        for one in shown
        if one.period_end == result.period_end
    }
    changes = [(one.change, one.breakdown) for one in recipe.components]
    return {
        "status": [at.get((one.indicator, one.breakdown)) for one in recipe.components],
        "dynamics": [at.get((key, text)) if key else None for key, text in changes],
    }


def preview(
    key: str,
    released: Sequence[Result],
    now: Sequence[Result],
    then: Sequence[Result],
    period: str | None,
    seen: Collection[str],
) -> IndexPreview:
    """What other weights would mean in one period, the newest if none is named.

    `released` is by the stored weights as a release computes it, `now` and `then` by the stored and
    the other weights from what is shown: the same digits on both sides, so that what differs is
    the weights' doing, and nobody finds digits that are not shown by trying weights.
    """
    asked = period or max(((one.period_end, one.period) for one in now), default=(None, None))[1]
    triples = [
        _Tried(a, b, c)
        for a, b, c in zip(released, now, then, strict=True)
        if a.period == asked and a.area in seen and a.excluded is None and b.excluded is None
    ]
    return IndexPreview(
        index=key,
        period=asked,
        moved=[one.released.area for one in triples if one.moved],
        columns=PreviewColumns(
            area=[one.released.area for one in triples],
            value=[one.value for one in triples],
            value_now=[_number(one.released.value) for one in triples],
            class_code=[one.result.class_code for one in triples],
            class_now=[one.released.class_code for one in triples],
            group=[one.result.group_code for one in triples],
            group_now=[one.released.group_code for one in triples],
        ),
    )


class _Tried(NamedTuple):
    """An area by the stored weights, from all digits and from those shown, and by others."""

    released: Result
    now: Result
    then: Result

    @property
    def moved(self) -> bool:
        return (self.now.class_code, self.now.group_code) != (
            self.then.class_code,
            self.then.group_code,
        )

    @property
    def result(self) -> Result:
        """Whose classes hold with the other weights."""
        return self.then if self.moved else self.released

    @property
    def value(self) -> float | None:
        """The released value, changed by as much as the weights change what is shown."""
        parts = self.released.value, self.now.value, self.then.value
        if None in parts:
            return None
        first, before, after = (part or Decimal(0) for part in parts)
        return float(first + after - before)
