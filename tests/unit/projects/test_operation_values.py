"""What the cells of published lists say: numbers, rates, days, postcodes, and who is a person."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.list_reading import values
from services.projects.list_reading.entities import is_legal_entity
from services.projects.list_reading.values import Unreadable
from services.projects.operations.rules import contradicts, shares

CENTS = st.integers(0, 10**14 - 1).map(lambda cents: Decimal(cents).scaleb(-2))


def german(value: Decimal) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("330.311,51", "330311.51"),
        ("330,311.51", "330311.51"),
        ("330311.51 €", "330311.51"),
        ("EUR 1.234.567", "1234567.00"),
        ("1 234 567,8", "1234567.80"),
        ("988\u00a0506,47", "988506.47"),
        ("1'234.50", "1234.50"),
        ("1234.567,00", None),
        ("0,30000000000000004", "0.30"),
        ("12.345,678", None),
        ("0.125", None),
        ("-5,00", None),
        ("−5,00", None),
        ("NaN", None),
        ("1e5", None),
        ("Infinity", None),
        ("keine", None),
        ("1.2.3", None),
        ("1,2,3", None),
        ("9999999999999,00", None),
        ("٣٤", None),
    ],
)
def test_an_amount_is_read_to_the_cent_or_not_at_all(cell: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(Unreadable):
            values.amount(cell, None)
    else:
        assert values.amount(cell, None) == Decimal(value)


@given(CENTS)
@settings(deadline=None)
def test_every_amount_comes_back_from_german_and_english(value: Decimal) -> None:
    for cell in (german(value), f"{value:,.2f}", f"{value:.2f}", f"{value:.2f}".replace(".", ",")):
        assert values.amount(cell, None) == value


def test_thousands_or_decimals_are_told_by_the_column_and_never_guessed() -> None:
    assert values.decimals_of(["135.020", "146.839,75"]) == ","
    assert values.amount("135.020", ",") == 135020
    assert values.decimals_of(["135.020", "146,839.75"]) == "."
    with pytest.raises(Unreadable, match="two decimals"):
        values.amount("135.021", ".")
    assert values.decimals_of(["135.020", "146.839"]) is None
    assert values.decimals_of(["1,50", "1.50"]) is None
    with pytest.raises(Unreadable) as trouble:
        values.amount("135.020", None)
    assert trouble.value.code == "ambiguous"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("80.00%", "80"),
        ("80%", "80"),
        ("49,92%", "49.92"),
        ("80 v. H.", "80"),
        ("80", "80"),
        ("80,0000", "80"),
        ("0", "0"),
        ("0.8%", "0.8"),
        ("0.8", None),
        ("1", None),
        ("100.01%", None),
        ("49,92345%", None),
        ("-5%", None),
        ("achtzig", None),
    ],
)
def test_a_rate_is_per_cent_or_refused(cell: str, value: str | None) -> None:
    if value is None:
        with pytest.raises(Unreadable):
            values.rate(cell)
    else:
        assert values.rate(cell) == Decimal(value)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("01.06.2016", date(2016, 6, 1)),
        ("1.6.16", date(2016, 6, 1)),
        ("2016-06-01", date(2016, 6, 1)),
        ("2016-06-01 00:00:00", date(2016, 6, 1)),
        ("31/12/2018", date(2018, 12, 31)),
        ("12/31/2018", date(2018, 12, 31)),
        ("31.02.2018", None),
        ("Juni 2016", None),
        ("42522", None),
        ("01.01.0099", None),
    ],
)
def test_days_in_mixed_forms(cell: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(Unreadable):
            values.day(cell, "dmy")
    else:
        assert values.day(cell, "dmy") == day


def test_the_order_of_day_and_month_is_that_of_the_column() -> None:
    assert values.order_of(["06/01/2016", "12/31/2018"]) == "mdy"
    assert values.day("06/01/2016", "mdy") == date(2016, 6, 1)
    assert values.order_of(["01/06/2016"]) == "dmy"
    assert values.order_of(["31/12/2018", "12/31/2018"]) is None
    with pytest.raises(Unreadable):
        values.day("06/01/2016", None)
    assert values.day("05/05/2016", None) == date(2016, 5, 5)


@pytest.mark.parametrize(
    ("cell", "country", "place"),
    [
        ("04600 Altenburg, Thür", "DE", ("04600", "Altenburg, Thür", False)),
        ("7743 Jena", "DE", ("07743", "Jena", True)),
        ("7743", "DE", ("07743", None, True)),
        ("7743.0", "DE", ("07743", None, True)),
        ("D-07743 Jena", "DE", ("07743", "Jena", False)),
        ("Jena", "DE", (None, "Jena", False)),
        ("1010 Wien", "AT", ("1010 Wien", None, False)),
        ("743", "DE", None),
        ("7743", None, None),
        ("07743, 07745", "DE", ("07743", "07745", False)),
        ("Haus 5", "DE", None),
    ],
)
def test_a_german_postcode_gets_its_zero_back(
    cell: str, country: str, place: tuple[str | None, str | None, bool] | None
) -> None:
    if place is None:
        with pytest.raises(Unreadable):
            values.place(cell, country)
    else:
        assert tuple(values.place(cell, country)) == place


@pytest.mark.parametrize(
    "name",
    [
        "Stadt Jena",
        "Wartburgkreis",
        "Landkreis Wartburgkreis",
        "Neue Arbeit Neustadt (Orla) e.V. i.L.",
        "Hufeland-Träger-Gesellschaft Weimar mit beschränkter Haftung",
        "Evangelischer Kirchenkreis Mühlhausen",
        "jenarbeit - Jobcenter der Stadt Jena",
        "Müller & Söhne GmbH & Co. KG",
        "Handwerkskammer Erfurt",
        "Friedrich-Schiller-Universität Jena",
        "Frauenzentrum Weimar e. V.",
    ],
)
def test_a_legal_entity_is_known_by_its_words(name: str) -> None:
    assert is_legal_entity(name, ())


@pytest.mark.parametrize(
    "name",
    [
        "Erika Musterfrau",
        "Musterfrau, Erika",
        "Bäckerei Mustermann",
        "Stadtapotheke Inh. Max Mustermann",
        "Mustermann GmbH Inhaber Max Mustermann",
        "Max Mustermann e.K.",
        "Musterbau e. Kfm.",
        "Frau Dr. Musterfrau",
        "Kreis, Max",
        "Stadt, Erika",
        "Ingenieurbüro Mustermann und Partner",
        "Erika Verein-Musterfrau, geb. Stiftung",
        "Tagesmutter Musterfrau",
        "",
    ],
)
def test_whoever_may_be_a_person_is_none_of_them(name: str) -> None:
    assert not is_legal_entity(name, ())


def test_a_confirmed_name_is_a_legal_entity() -> None:
    assert is_legal_entity("Frau und  Beruf", {"frauundberuf"})


@given(CENTS, st.decimals(0, 100, places=4))
@settings(deadline=None)
def test_the_shares_always_give_the_total(total: Decimal, rate: Decimal) -> None:
    found = shares(total, rate, None)
    assert found.union_share is not None
    assert found.national_share is not None
    assert found.union_share + found.national_share == total
    assert abs(found.union_share - total * rate / 100) <= Decimal("0.005")
    assert found.national_share >= 0


@given(CENTS, st.decimals(0, 100, places=4))
@settings(deadline=None)
def test_no_rounding_of_rate_or_amount_is_a_contradiction(total: Decimal, rate: Decimal) -> None:
    union = shares(total, rate, None).union_share
    assert union is not None
    for told in (rate, round(rate, 2)):
        for amount in (union, union - Decimal("0.005"), union + Decimal("0.005")):
            assert not contradicts(total, told, amount)


def test_a_whole_axis_has_another_rate_than_its_operation() -> None:
    total, rate = Decimal("1000.00"), Decimal("80")
    assert not contradicts(total, rate, Decimal("800.06"))
    assert contradicts(total, rate, Decimal("800.07"))
    assert contradicts(total, rate, Decimal("799.93"))


def test_what_the_list_tells_of_the_shares_is_kept_and_null_is_not_zero() -> None:
    told = shares(Decimal("100.00"), Decimal("80"), Decimal("79.99"))
    assert told == (Decimal("80"), Decimal("79.99"), Decimal("20.01"), False)
    assert shares(Decimal("300.00"), None, Decimal("100.00")).rate == Decimal("33.3333")
    assert shares(Decimal("0.00"), None, Decimal("0.00")).rate is None
    assert shares(Decimal("100.00"), None, None) == (None, None, None, False)
