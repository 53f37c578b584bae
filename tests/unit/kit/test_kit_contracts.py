"""What every contract refuses, whatever it is about."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from services.contracts.shared.base import (
    Code,
    Key,
    Line,
    Link,
    LongTexts,
    Money,
    Percent,
    Prose,
    Request,
    Texts,
)


class Anything(Request):
    """One field of each kind."""

    line: Line = "x"
    prose: Prose = "x"
    key: Key = "xy"
    code: Code = "x"
    money: Money | None = None
    percent: Percent | None = None
    link: Link | None = None
    texts: Texts | None = None
    long: LongTexts | None = None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("line", "Löbstedt & Söhne – „Haus 7“"),
        ("prose", "Erste Zeile\n\tZweite Zeile"),
        ("key", "lobeda-west-2"),
        ("code", "12411.BEVSTD_1-a"),
        ("money", "135020.40"),
        ("money", 0),
        ("money", 999_999_999_999.99),
        ("percent", "80"),
        ("percent", "33.3333"),
        ("link", "https://www.jena.de/de/sozialplanung?x=1#teil"),
        ("texts", {"de": "Beirat", "it": "Consiglio"}),
        ("long", {"de": "Erste Zeile\nZweite Zeile"}),
    ],
)
def test_what_is_right_is_taken(field: str, value: Any) -> None:
    assert getattr(Anything.model_validate({field: value}), field) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("line", ""),
        ("line", "   "),
        ("line", "x" * 301),
        ("line", "bell\x07"),
        ("line", "next\x85line"),
        ("line", "two\nlines"),
        ("line", "two\u2028lines"),
        ("line", "turned \u202etxet"),
        ("line", "\ud800"),
        ("line", 7),
        ("prose", "\x00"),
        ("prose", "x" * 20_001),
        ("key", "x"),
        ("key", "Lobeda"),
        ("key", "lobeda_west"),
        ("key", "-lobeda"),
        ("key", "lobeda--west"),
        ("key", "../etc"),
        ("key", "0193d3a4-5b6c-7d8e-9f00-112233445566"),
        ("code", "12 411"),
        ("money", "-0.01"),
        ("money", "0.001"),
        ("money", "NaN"),
        ("money", "Infinity"),
        ("money", float("nan")),
        ("money", "1e400"),
        ("money", "1000000000000.00"),
        ("money", "1.234,56"),
        ("percent", "100.01"),
        ("percent", -1),
        ("link", "javascript:alert(1)"),
        ("link", "https://x.example/ y"),
        ("link", "//x.example"),
        ("texts", {}),
        ("texts", {"en": "no German"}),
        ("texts", {"de": "x", "fr": "y"}),
        ("texts", {"de": None}),
        ("texts", {"de": "zwei\nZeilen"}),
        ("long", {"de": "x", "it": "\x07"}),
        ("unknown", 1),
    ],
)
def test_what_is_wrong_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        Anything.model_validate({field: value})


@given(st.text(max_size=40))
def test_a_line_is_one_line_that_every_system_can_store(text: str) -> None:
    try:
        line = Anything(line=text).line
    except ValidationError:
        return
    assert len(line.splitlines()) == 1
    assert "\x00" not in line.encode().decode()


@given(st.decimals(min_value=0, max_value=10**11, places=2, allow_nan=False))
def test_money_comes_back_to_the_cent(amount: Decimal) -> None:
    money: TypeAdapter[Decimal] = TypeAdapter(Money)
    for sent in (str(amount), float(amount)):
        found = money.validate_python(sent)
        assert found == amount
        assert json.loads(money.dump_json(found)) == f"{amount:.2f}"
