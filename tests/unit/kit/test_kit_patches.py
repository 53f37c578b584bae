"""A change says only what changes; null takes away what may be away."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationInfo, field_validator

from services.contracts.shared.base import Key, Line, Money, Request, Texts, Visibility
from services.kit.openapi import example_of
from services.kit.patches import Patch, _merge
from services.kit.problems import Invalid


class NewGrant(Request):
    key: Key
    name: Texts
    amount: Money | None = None
    starts_on: date
    ends_on: date | None = None
    partners: tuple[Line, ...] = ()
    visibility: Visibility = Visibility.public
    rate: Annotated[int, Field(ge=0, le=100)] = 80

    @field_validator("ends_on")
    @classmethod
    def _after_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value is not None and "starts_on" in info.data and value < info.data["starts_on"]:
            raise ValueError("the end lies before the start")
        return value


THILIK = NewGrant(
    key="thilik",
    name={"de": "ThILIK", "en": "ThILIK in English"},
    amount=Decimal("146839.75"),
    starts_on=date(2016, 7, 1),
    ends_on=date(2017, 12, 31),
    partners=("jenarbeit",),
    visibility=Visibility.administration,
)


def after(change: dict[str, Any]) -> NewGrant:
    return Patch[NewGrant](change).onto(THILIK)


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_changes_merge_as_the_examples_of_rfc_7396(target: Any, patch: Any, result: Any) -> None:
    assert _merge(target, patch) == result


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=8,
)


@given(JSON, JSON)
def test_a_change_made_twice_is_made_once(target: Any, patch: Any) -> None:
    once = _merge(target, patch)
    assert _merge(once, patch) == once


def test_what_is_not_named_stays() -> None:
    assert after({}) == THILIK
    changed = after({"amount": "140000.00"})
    assert changed == THILIK.model_copy(update={"amount": Decimal("140000.00")})


def test_languages_come_and_go_one_by_one() -> None:
    assert after({"name": {"it": "ThILIK!"}}).name == {**THILIK.name, "it": "ThILIK!"}
    assert after({"name": {"en": None}}).name == {"de": "ThILIK"}


def test_null_takes_away_what_may_be_away() -> None:
    assert after({"amount": None, "ends_on": None}) == THILIK.model_copy(
        update={"amount": None, "ends_on": None}
    )


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"name": {"de": None}}, "/name"),
        ({"name": None}, "/name"),
        ({"visibility": None}, "/visibility"),
        ({"rate": None}, "/rate"),
        ({"partners": None}, "/partners"),
        ({"starts_on": "2018-01-01"}, "/ends_on"),
        ({"ends_on": "2016-06-30"}, "/ends_on"),
        ({"amount": "NaN"}, "/amount"),
        ({"revision": 7}, "/revision"),
        ({"key": "other"}, "/key"),
        ({"partners": ["jenarbeit", 7]}, "/partners/1"),
    ],
)
def test_a_change_is_checked_as_a_whole(change: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refusal:
        after(change)
    assert [fault.pointer for fault in refusal.value.faults] == [pointer]


def test_the_key_may_be_said_again() -> None:
    assert after({"key": "thilik"}) == THILIK


def test_the_document_shows_every_field_and_requires_none() -> None:
    schema = Patch[NewGrant].model_json_schema()
    assert set(schema["properties"]) == set(NewGrant.model_fields)
    assert "required" not in schema
    assert schema["additionalProperties"] is False
    assert example_of(schema, schema.get("$defs", {})) is not None
