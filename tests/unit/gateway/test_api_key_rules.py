"""What an API key looks like and how long it may live."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.api_keys import rules
from services.kit.problems import Invalid

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)


@given(st.integers(10**10, 16 * 10**10 + 10**10 - 1))
def test_a_token_names_its_town_and_only_its_own_digest_fits(town: int) -> None:
    made, other = rules.new_secret(town), rules.new_secret(town)
    assert rules.taken_apart(made.token) == made
    assert made.municipality_id == town
    assert made.fits(made.digest)
    assert not other.fits(made.digest)
    assert made.secret not in made.digest
    assert len(made.secret) * 4 == 256


@given(st.text(max_size=120))
def test_whatever_else_is_sent_is_no_key(text: str) -> None:
    assert rules.taken_apart(f"planraum_{text}") is None


def test_a_key_ends_between_now_and_two_years_from_now() -> None:
    rules.check_end(NOW + timedelta(seconds=1), NOW)
    rules.check_end(NOW + timedelta(days=730), NOW)
    for end in (NOW, NOW - timedelta(days=1), NOW + timedelta(days=740)):
        with pytest.raises(Invalid) as refused:
            rules.check_end(end, NOW)
        assert refused.value.faults[0].pointer == "/expires_at"
