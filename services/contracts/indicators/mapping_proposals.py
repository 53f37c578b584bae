"""What a file is and how it would be read: the proposal of a mapping (Zuordnungsvorschlag)."""

from decimal import Decimal

from pydantic import Field

from services.contracts.indicators.mappings import ColumnRole, FileLayout, Fingerprint
from services.contracts.indicators.values import ValueStatus
from services.contracts.shared.base import Answer, Key, example


class ColumnSeen(Answer):
    """A column as it was seen: its first cells, the role proposed, how sure that is, and why."""

    name: str
    role: ColumnRole | None = Field(description="Null where the format says what the column is.")
    confidence: float = Field(ge=0, le=1)
    because: str
    cells: list[str]


class FigureRead(Answer):
    """A figure as it would be read."""

    line: int
    area: str
    area_label: str
    measure: str = Field(description="Key of an indicator, source code, or empty.")
    unit: str
    period: str
    breakdown: str
    value: Decimal | None
    status: ValueStatus


class MappingIssue(Answer):
    """Something that would be wrong in the file, and where; line 1 is the header."""

    line: int
    column: str | None
    code: str
    detail: str
    severity: str


class MappingProposal(Answer):
    """What a file is, told by its content, and how it would be read."""

    model_config = {
        **Answer.model_config,
        **example(
            format="wide_periods",
            container="",
            encoding="utf-8",
            delimiter=",",
            fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            columns=[
                {
                    "name": "statistischer_Bezirk_Nr",
                    "role": "area",
                    "confidence": 0.9,
                    "because": "codes, as many as in no other column",
                    "cells": ["0", "11", "12"],
                }
            ],
            mapping=None,
            proposal={
                "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "columns": [{"name": "statistischer_Bezirk_Nr", "role": "area"}],
                "period_columns": {"measure": "privathaushalte"},
            },
            figures=[
                {
                    "line": 2,
                    "area": "0",
                    "area_label": "Jena (gesamt)",
                    "measure": "",
                    "unit": "",
                    "period": "2006-12-31",
                    "breakdown": "",
                    "value": "56501",
                    "status": "normal",
                }
            ],
            issues=[],
            refusal=None,
        ),
    }

    format: str
    container: str = Field(description="`zip`, `xlsx`, or empty for a plain text.")
    encoding: str
    delimiter: str
    fingerprint: Fingerprint
    columns: list[ColumnSeen]
    mapping: Key | None = Field(description="The saved mapping that fits; it is used.")
    proposal: FileLayout | None = Field(
        description="To be completed and saved; null where the format needs no mapping."
    )
    figures: list[FigureRead] = Field(description="The first fifty, read by mapping or proposal.")
    issues: list[MappingIssue] = Field(description="Of the first rows, twenty at most.")
    refusal: str | None = Field(description="Why it cannot be read yet, such as a missing period.")
