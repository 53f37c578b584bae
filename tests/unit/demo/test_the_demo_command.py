"""A demo that cannot be loaded is told in one line; it never takes the platform down."""

from pathlib import Path

import pytest

from services.commands import demo
from services.kit.settings import Environment, Settings

NOBODY = "http://127.0.0.1:9"


async def test_a_platform_that_does_not_answer_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await demo.load(NOBODY, Settings(data_dir=tmp_path))
    assert "No Planraum answers" in " ".join(capsys.readouterr().err.split())


async def test_production_takes_no_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path, environment=Environment.production)
    await demo.load(NOBODY, settings)
    assert "refused in production" in " ".join(capsys.readouterr().err.split())
