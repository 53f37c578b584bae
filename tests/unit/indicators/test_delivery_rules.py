"""Deliveries: what they change, what they repeat, who decides, what an unknown area may mean."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.indicators.delivery_states import DeliveryState
from services.indicators.breakdowns import attributes_of, canonical_breakdown
from services.indicators.deliveries.rules import (
    may_become,
    suggest,
    why_not_approve,
    why_not_withdraw,
)

CODES = st.from_regex(r"[A-Za-z0-9_.\-]{1,40}", fullmatch=True)


def test_a_delivery_goes_its_way_and_no_other() -> None:
    ways = {(a, b) for a, b in product(DeliveryState, DeliveryState) if may_become(a, b)}
    assert ways == {
        (DeliveryState.received, DeliveryState.checked),
        (DeliveryState.received, DeliveryState.refused),
        (DeliveryState.checked, DeliveryState.approved),
        (DeliveryState.checked, DeliveryState.rejected),
        (DeliveryState.approved, DeliveryState.released),
        (DeliveryState.approved, DeliveryState.checked),
        (DeliveryState.released, DeliveryState.withdrawn),
    }


def test_four_eyes_see_more_than_two() -> None:
    assert why_not_approve("token:clerk", "token:head") is None


@pytest.mark.parametrize(
    ("deliverer", "approver"),
    [("clerk", "clerk"), ("clerk", "Clerk "), ("clerk", ""), ("", "head")],
)
def test_nobody_approves_their_own_delivery(deliverer: str, approver: str) -> None:
    assert why_not_approve(deliverer, approver)


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({}, ""),
        ({"GES": ""}, ""),
        ({"GES": "GESM"}, "GES=GESM"),
        ({"NAT": "A", "AGE": "u3", "GES": ""}, "AGE=u3&NAT=A"),
    ],
)
def test_a_breakdown_has_one_text(attributes: dict[str, str], text: str) -> None:
    assert canonical_breakdown(attributes) == text


@pytest.mark.parametrize("code", ["a b", "a=b", "a&b", "a%20", "ä", "a" * 41, "a\n"])
def test_what_is_no_code_makes_no_breakdown(code: str) -> None:
    with pytest.raises(ValueError, match="no codes"):
        canonical_breakdown({"GES": code})
    with pytest.raises(ValueError, match="no codes"):
        canonical_breakdown({code: "GESM"})


@pytest.mark.parametrize("text", ["GES", "GES=", "=GESM", "b=1&a=1", "a=1&a=2", "a=1&", "&"])
def test_only_canonical_texts_are_breakdowns(text: str) -> None:
    with pytest.raises(ValueError, match="no"):
        attributes_of(text)


@given(st.dictionaries(CODES, CODES, max_size=5))
def test_a_breakdown_survives_its_text(attributes: dict[str, str]) -> None:
    assert attributes_of(canonical_breakdown(attributes)) == attributes


@pytest.mark.parametrize("person", ["clerk", "head", "Head "])
def test_neither_who_delivered_nor_who_released_withdraws(person: str) -> None:
    assert why_not_withdraw("clerk", "head", person)
    assert why_not_withdraw("clerk", "head", "colleague") is None


KNOWN = {
    "01001": "Flensburg, kreisfreie Stadt",
    "16053": "Jena, kreisfreie Stadt",
    "16063": "Wartburgkreis",
    "160530000000": "Jena",
    "lobeda-west": "Lobeda-West",
    "winzerla": "Winzerla",
}


@pytest.mark.parametrize(
    ("code", "label", "meant", "because"),
    [
        ("1001", "", "01001", "lost zero"),
        ("16630", "", None, ""),
        ("61053", "", "16053", "swapped signs"),
        ("1605300", "", "16053", "longer or shorter key"),
        ("99999", "Wartburgkreis", "16063", "equal label"),
        ("Winzerla", "", "winzerla", "other case"),
        ("winzrela", "", "winzerla", "swapped signs"),
        ("lobeda-wst", "", "lobeda-west", "one sign differs"),
        ("lobeda-vest", "", "lobeda-west", "one sign differs"),
        ("lobeda-westt", "", "lobeda-west", "one sign differs"),
        ("16056", "Eisenach, kreisfreie Stadt", None, ""),
        ("somewhere", "", None, ""),
    ],
)
def test_an_unknown_area_gets_a_hint_but_no_wild_guess(
    code: str, label: str, meant: str | None, because: str
) -> None:
    hints = suggest(code, label, KNOWN)
    if meant is None:
        assert hints == []
    else:
        assert (hints[0].code, hints[0].because) == (meant, because)


@given(st.text(max_size=15), st.text(max_size=15), st.integers(0, 3))
def test_hints_never_exceed_their_number(code: str, label: str, limit: int) -> None:
    hints = suggest(code, label, KNOWN, limit=limit)
    assert len(hints) <= limit
    assert all(hint.code in KNOWN for hint in hints)


def test_a_name_written_otherwise_suggests_the_area_that_has_it() -> None:
    (found,) = suggest("lobeda-west-1b2c", "Lobeda West", {"62": "Lobeda-West", "63": "Lobeda-Ost"})
    assert (found.code, found.because) == ("62", "equal label")
