"""Labels without a code get one that is the same next year and anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.slugs import distinct, is_total, slug


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("männlich", "maennlich"),
        ("unter 1 Jahr", "unter-1-jahr"),
        ("Ausländer(innen)", "auslaender-innen"),
        ("  85 Jahre und mehr ", "85-jahre-und-mehr"),
        ("Straße", "strasse"),
        ("café", "cafe"),
        ("ma\u0308nnlich", "maennlich"),
        ("GESM", "gesm"),
    ],
)
def test_a_label_is_written_without_its_signs(label: str, code: str) -> None:
    assert slug(label) == code


def test_a_long_label_keeps_its_beginning_and_stays_unlike_others() -> None:
    one = slug("erwerbsf. Leistungsberech. (Arbeitslosengeld II)")
    other = slug("erwerbsf. Leistungsberech. (Arbeitslosengeld III)")
    assert one.startswith("erwerbsf-leistungsberech-arbeit-")
    assert one != other


@given(st.text(min_size=1, max_size=200))
def test_every_label_has_a_code(label: str) -> None:
    assert CODE.fullmatch(slug(label))
    assert CODE.fullmatch(distinct(label, slug(label)))
    assert slug(slug(label)) == slug(label)


@pytest.mark.parametrize("label", ["Insgesamt", "insgesamt", " zusammen", "Total", "_T"])
def test_a_total_is_no_part(label: str) -> None:
    assert is_total(label)
    assert not is_total(f"{label} ohne Angabe")
