"""Whoever runs Planraum finds every setting described."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices

from services.kit.settings import Settings

OPERATIONS = (Path(__file__).parents[3] / "docs" / "operations.md").read_text("utf-8")
SETTINGS = OPERATIONS.split("## Settings")[1].split("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in SETTINGS.splitlines()
    if line.startswith("| `")
]
DESCRIBED = {name for row in ROWS for name in re.findall(r"`(\w+)`", row[0])}


def variables(field: str) -> set[str]:
    alias = Settings.model_fields[field].validation_alias
    if isinstance(alias, AliasChoices):
        return {str(choice) for choice in alias.choices}
    return {f"PLANRAUM_{field.upper()}"}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_described(field: str) -> None:
    assert variables(field) <= DESCRIBED


def test_no_setting_is_described_that_does_not_exist() -> None:
    known = {name for field in Settings.model_fields for name in variables(field)}
    assert known >= DESCRIBED


@pytest.mark.parametrize("field", Settings.model_fields)
def test_the_defaults_are_the_ones_of_the_program(field: str) -> None:
    default = Settings.model_fields[field].default
    told = next(row[1] for row in ROWS if variables(field) & set(re.findall(r"`(\w+)`", row[0])))
    if isinstance(default, bool):
        assert told == f"`{str(default).lower()}`"
    elif isinstance(default, float):
        assert float(told.strip("`")) == default
    elif isinstance(default, str | int):
        assert told == f"`{default}`"
    else:
        assert "`" not in told
