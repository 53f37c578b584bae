"""Development tokens on one's own machine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.gateway import local_tokens
from services.gateway.tokens import InvalidToken
from services.kit.settings import Settings


def test_ten_terminals_at_once_share_one_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    with ThreadPoolExecutor(10) as terminals:
        minted = list(
            terminals.map(
                lambda n: local_tokens.mint(settings, "jena", ["planner"], f"clerk-{n}", 60),
                range(10),
            )
        )
    for number, token in enumerate(minted):
        assert local_tokens.is_local(token)
        assert local_tokens.verify(settings, token).subject == f"clerk-{number}"


def test_a_token_of_another_machine_is_not_accepted(tmp_path: Path) -> None:
    here, there = Settings(data_dir=tmp_path / "here"), Settings(data_dir=tmp_path / "there")
    token = local_tokens.mint(there, "jena", ["planner"], "clerk", 60)
    with pytest.raises(InvalidToken, match="no development token was made here"):
        local_tokens.verify(here, token)
    local_tokens.mint(here, "jena", ["planner"], "clerk", 60)
    with pytest.raises(InvalidToken, match="signature"):
        local_tokens.verify(here, token)


def test_a_token_ends(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    token = local_tokens.mint(settings, "jena", ["planner"], "clerk", -60)
    with pytest.raises(InvalidToken, match="time"):
        local_tokens.verify(settings, token)
