"""Whoever runs Planraum finds every setting described."""

import re
from pathlib import Path

import pytest
from pydantic import AliasChoices

from services.kit.settings import Settings

ROOT = Path(__file__).parents[3]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
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


def test_a_backup_takes_the_schemas_of_the_jobs_as_well() -> None:
    backup = OPERATIONS.split("## Backup and restore")[1].split("\n## ")[0]
    services = {path.parent.name for path in ROOT.glob("services/*/jobs.py")} - {"kit"}
    assert services
    named = set(re.findall(r"`(\w+)`", backup))
    assert {name for service in services for name in (service, f"{service}_jobs")} <= named


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
