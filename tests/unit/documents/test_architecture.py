"""The map of the architecture leads to every feature, and to nothing else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


@pytest.mark.parametrize("service", ["indicators", "boards", "projects", "gateway"])
def test_every_feature_has_one_place_on_the_map(service: str) -> None:
    after = ARCHITECTURE.partition(f"### `services/{service}`\n")[2]
    named = re.findall(r"`(\w+)`", re.split(r"^#", after, flags=re.MULTILINE)[0])
    there = (file.parent.name for file in (ROOT / "services" / service).glob("*/__init__.py"))
    assert sorted(named) == sorted(there)


def test_the_kit_is_told_whole() -> None:
    table = ARCHITECTURE.partition("## What the kit holds\n")[2]
    cells = re.findall(r"^\| (.*?) \|", table, flags=re.MULTILINE)
    named = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    kit = ROOT / "services" / "kit"
    there = [file.stem for file in kit.glob("*.py") if file.stem != "__init__"]
    there += [file.parent.name for file in kit.glob("*/__init__.py")]
    assert sorted(named) == sorted(there)
