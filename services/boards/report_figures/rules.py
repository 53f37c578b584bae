"""Figures as reports show them: pure functions."""

from decimal import Decimal
from typing import Protocol

from services.boards.report_bindings.rules import Binding
from services.contracts.boards.report_editions import BindingKind, ShownFigure
from services.contracts.indicators.observations import ObservationRows
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Texts

_PERIODS = "3"
"""So many periods stand in a table of one indicator that asks for none."""


class Kept(Protocol):
    """A figure that was kept with a decision."""

    indicator: str
    area: str
    period: str
    breakdown: str
    value: Decimal
    release: int
    name: dict[str, str]
    unit: dict[str, str]


def periods_asked(binding: Binding) -> dict[str, str]:
    """Which periods a binding is about, as a question to the indicators service."""
    if (period := binding["period"]) is not None:
        return {"period": period}
    if binding.kind is BindingKind.table and len(binding.indicators) == 1:
        return {"last": binding["last"] or _PERIODS}
    return {"last": "1"}  # of each indicator: one that is late has its own newest period


def shown(found: ObservationRows, release: int) -> list[ShownFigure]:
    """The figures of an answer, each with its words."""
    figures = []
    for row in found.rows:
        words = found.indicators[row.indicator]
        figures.append(
            ShownFigure(
                indicator=row.indicator,
                area=row.area,
                period=row.period,
                breakdown=";".join(f"{name}={one}" for name, one in sorted(row.breakdown.items())),
                release=release,
                name=words.name,
                area_name=found.areas[row.area],
                unit=words.unit,
                decimals=words.decimals,
                source=words.source.publisher,
                value=row.value,
                status=row.status,
                reason=row.reason,
                provisional=row.provisional,
            )
        )
    return figures


def ordered(binding: Binding, figures: list[ShownFigure]) -> list[ShownFigure]:
    """Indicators and areas as the binding names them, areas of a level by name, then periods."""
    indicators, areas = list(binding.indicators), list(binding.areas)

    def place(figure: ShownFigure) -> tuple[int, int, str, str, str]:
        named = areas.index(figure.area) if figure.area in areas else len(areas)
        name = figure.area_name["de"].casefold()
        return indicators.index(figure.indicator), named, name, figure.area, figure.period

    return sorted(figures, key=place)


def kept(row: Kept, area_name: Texts, decimals: int | None) -> ShownFigure:
    """A figure of evidence: published when it was named, and for good; with the decimals of its
    indicator, or with its own where that is not to be seen any more."""
    if decimals is None:
        exponent = row.value.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return ShownFigure.model_validate(
        {
            "indicator": row.indicator,
            "area": row.area,
            "period": row.period,
            "breakdown": row.breakdown,
            "release": row.release,
            "name": row.name,
            "area_name": area_name,
            "unit": row.unit,
            "decimals": decimals,
            "source": "",
            "value": row.value,
            "status": ValueStatus.normal,
            "reason": None,
            "provisional": False,
        }
    )
