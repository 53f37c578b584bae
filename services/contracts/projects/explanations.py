"""Figures of a grant and what is behind each of them (Kennzahlen, Erläuterungen)."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from services.contracts.projects.figures import Figure
from services.contracts.shared.base import Answer, LongTexts, example


class GrantFigures(Answer):
    """Every figure of a grant on a day."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        on="2024-06-30",
        notice="sozialstrategie-2023-bescheid-1",
        unverified=["ANBest-P Nr. 1.2"],
        figures=[],
    )

    grant: str
    on: date
    notice: str | None = Field(description="Key of the notice that holds; null: none is entered.")
    unverified: Sequence[str] = Field(
        description="Clauses that took part and that nobody has compared with the notice yet."
    )
    figures: Sequence[Figure]


class Explanation(Answer):
    """One figure, explained: what it means, its formula, inputs and clauses (Erläuterung)."""

    model_config = example(
        grant="wartburgkreis-sozialstrategie-2023",
        on="2024-06-30",
        text={
            "de": "Was von der Zuwendung noch nicht ausgezahlt ist.",
            "en": "What of the grant is not paid out yet.",
        },
        figures=[],
    )

    grant: str
    on: date
    text: LongTexts
    figures: Sequence[Figure] = Field(
        description="With this key; several where it is told by source, year or position."
    )
