"""A reader gets the form and the language it likes best of those there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.negotiation import Taken, language, representation

OFFERED = ["application/json", "text/csv", "application/geo+json"]


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.5, application/geo+json;q=0.6", "application/geo+json"),
        ("application/*, text/csv;q=0.9", "application/json"),
        ("*/*;q=0.1, application/json;q=0", "text/csv"),
        ("text/csv;q=nonsense", None),
        ("text/csv;q=0", None),
        ("image/png", None),
        (",,;;,", "application/json"),
    ],
)
def test_the_best_form_is_taken(accept: str, taken: str | None) -> None:
    found = representation(accept, OFFERED)
    assert (found.media_type if found else None) == taken


def test_parameters_of_the_form_are_kept() -> None:
    found = representation('text/csv; Header="present" ; q=0.7, image/png', OFFERED)
    assert found == Taken("text/csv", {"header": "present"})


@pytest.mark.parametrize(
    ("accept_language", "taken"),
    [
        ("", "de"),
        ("en", "en"),
        ("en-GB, de;q=0.5", "en"),
        ("fr, it;q=0.2, en;q=0.1", "it"),
        ("fr", "de"),
        ("en;q=0, it;q=0.1", "it"),
        ("*", "de"),
    ],
)
def test_the_best_language_is_taken(accept_language: str, taken: str) -> None:
    assert language(accept_language, ("de", "en", "it")) == taken


@given(st.text(max_size=80))
def test_any_header_is_read(header: str) -> None:
    found = representation(header, OFFERED)
    assert found is None or found.media_type in OFFERED
    assert language(header, ("de", "en")) in ("de", "en")
