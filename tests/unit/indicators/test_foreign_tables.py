"""Tables that nobody has described: what is guessed, what a mapping says instead."""

from decimal import Decimal
from typing import Any

import pytest

from services.contracts.indicators.mappings import FileLayout
from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats import FileRefused, Format, Hints
from tests.unit.indicators.delivered import Read, read, recognised

LEIPZIG = (
    '"Gebiet";"Sachmerkmal";"2022";"2023"\n'
    '"Zentrum";"Einwohner insgesamt";1702,5;-\n'
    '"Zentrum-Ost";"Einwohner insgesamt";4712;4801\n'
    '"Zentrum";"Durchschnittsalter";38,1;38,4\n'
)


def by(data: bytes | str, **layout: Any) -> Read:
    """The file as a mapping reads it that says this."""
    content = data.encode() if isinstance(data, str) else data
    told = {"fingerprint": recognised(content).fingerprint, **layout}
    return read(content, Hints(FileLayout.model_validate(told)))


def roles(data: str) -> dict[str, str | None]:
    return {column.name: column.role for column in recognised(data.encode()).columns}


def test_a_portal_with_names_and_years() -> None:
    table = read(LEIPZIG.encode())
    assert table.summary.format is Format.wide_periods
    assert table.summary.decimal == ","
    assert not table.issues
    assert [(r.area, r.area_label, r.measure, r.period, r.value) for r in table.rows] == [
        ("zentrum", "Zentrum", "einwohner-insgesamt", "2022", Decimal("1702.5")),
        ("zentrum", "Zentrum", "einwohner-insgesamt", "2023", None),
        ("zentrum-ost", "Zentrum-Ost", "einwohner-insgesamt", "2022", Decimal(4712)),
        ("zentrum-ost", "Zentrum-Ost", "einwohner-insgesamt", "2023", Decimal(4801)),
        ("zentrum", "Zentrum", "durchschnittsalter", "2022", Decimal("38.1")),
        ("zentrum", "Zentrum", "durchschnittsalter", "2023", Decimal("38.4")),
    ]
    assert table.rows[1].status is ValueStatus.nothing


def test_a_school_year_heads_a_column() -> None:
    table = read("Schul_Nr;Schule;2022/23;2023/24\n101;Nord;7;8\n102;Süd;9;-\n".encode())
    assert [r.period for r in table.rows[:2]] == ["2022-08-01/P1Y", "2023-08-01/P1Y"]


def test_titles_above_the_headings_are_passed_over() -> None:
    data = "Bevölkerung der Stadt;;;\nQuelle: Melderegister;;;\n\n" + LEIPZIG
    assert [r.value for r in read(data.encode()).rows] == [
        r.value for r in read(LEIPZIG.encode()).rows
    ]
    assert read(data.encode()).rows[0].line == 5


def test_official_numbers_get_their_lost_zero_back() -> None:
    rows = read(b"kreis_id;year;score\n1001;2020;0.5\n16053;2020;0.25\n").rows
    assert [row.area for row in rows] == ["01001", "16053"]


def test_columns_that_tell_the_rows_apart_are_dimensions() -> None:
    data = "plr_id;Jahr;Geschlecht;Anzahl\n01;2020;männlich;5\n01;2020;weiblich;6\n01;2020;;11\n"
    assert roles(data) == {
        "plr_id": "area",
        "Jahr": "period",
        "Geschlecht": "dimension",
        "Anzahl": "value",
    }
    table = read(data.encode())
    assert [r.breakdown for r in table.rows] == [
        "geschlecht=maennlich",
        "geschlecht=weiblich",
        "",
    ]


def test_two_labels_never_share_a_code() -> None:
    data = "plr_id;Jahr;Alter;Anzahl\n01;2020;0-3;5\n01;2020;0 – 3;6\n01;2020;<3;7\n01;2020;3;8\n"
    parts = [r.breakdown for r in read(data.encode()).rows]
    assert len(set(parts)) == 4


def test_classes_become_numbers_by_their_code_list() -> None:
    data = "id;name;status;dynamik\n01;Nord;mittel;+/-\n02;Süd;hoch;-\n"
    table = by(
        data,
        default_period="2018-12-31",
        columns=[
            {"name": "id", "role": "area"},
            {"name": "name", "role": "area_label"},
            {
                "name": "status",
                "role": "value",
                "measure": "mss-status",
                "codes": {"hoch": "1", "mittel": "2"},
            },
            {
                "name": "dynamik",
                "role": "value",
                "measure": "mss-dynamik",
                "codes": {"+/-": "2", "-": "3"},
            },
        ],
    )
    assert [(r.area, r.measure, r.value) for r in table.rows] == [
        ("01", "mss-status", Decimal(2)),
        ("01", "mss-dynamik", Decimal(2)),
        ("02", "mss-status", Decimal(1)),
        ("02", "mss-dynamik", Decimal(3)),
    ]


def test_a_mapping_says_unit_factor_part_and_decimal_separator() -> None:
    data = "nr;Männer;Frauen\n1;1.234;2.345\n2;-;(3.456)\n"
    table = by(
        data,
        decimal=",",
        default_period="2020",
        area_scheme="statbez",
        protection_method="rounded",
        protection_base=10,
        columns=[
            {"name": "nr", "role": "area", "codes": {"1": "lobeda"}},
            *(
                {
                    "name": name,
                    "role": "value",
                    "measure": "12411:BEVSTD:Anzahl",
                    "factor": "1000",
                    "attributes": {"GES": code},
                }
                for name, code in (("Männer", "GESM"), ("Frauen", "GESW"))
            ),
        ],
    )
    assert [(r.area, r.breakdown, r.value, r.status) for r in table.rows] == [
        ("lobeda", "GES=GESM", Decimal(1_234_000), ValueStatus.normal),
        ("lobeda", "GES=GESW", Decimal(2_345_000), ValueStatus.normal),
        ("2", "GES=GESM", None, ValueStatus.nothing),
        ("2", "GES=GESW", Decimal(3_456_000), ValueStatus.limited),
    ]
    assert {(r.statistic, r.measure, r.unit, r.area_scheme) for r in table.rows} == {
        ("12411", "BEVSTD", "Anzahl", "statbez")
    }
    assert table.summary.protection_base == 10


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ([{"name": "nr", "role": "area"}], "mapping"),
        ([{"name": "a", "role": "value"}], "mapping"),
        ([{"name": "nr", "role": "area"}, {"name": "no", "role": "value"}], "mapping"),
        ([{"name": "nr", "role": "area"}, {"name": "a", "role": "value"}], "period_missing"),
    ],
)
def test_a_mapping_that_does_not_suffice_refuses_the_file(
    columns: list[dict[str, str]], code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        by("nr;a\n1;2\n", columns=columns)
    assert refused.value.code == code


def test_a_mapping_of_another_file_is_not_used() -> None:
    other = FileLayout(fingerprint="0" * 64)
    with pytest.raises(FileRefused) as refused:
        read(LEIPZIG.encode(), Hints(other))
    assert refused.value.code == "mapping"
    table = read(LEIPZIG.encode(), Hints(known={"other": other}))
    assert table.summary.mapping is None


def test_of_the_known_mappings_the_one_that_fits_is_used() -> None:
    found = recognised(LEIPZIG.encode())
    assert found.proposal is not None
    other = FileLayout(fingerprint="0" * 64)
    mine = found.proposal.model_copy(update={"area_scheme": "ortsteil"})
    table = read(LEIPZIG.encode(), Hints(known={"other": other, "mine": mine}))
    assert table.summary.mapping == "mine"
    assert {row.area_scheme for row in table.rows} == {"ortsteil"}


def test_every_guess_is_explained() -> None:
    for column in recognised(LEIPZIG.encode()).columns:
        assert column.because
        assert 0 < column.confidence <= 1


def test_a_table_without_figures_may_still_be_mapped_but_not_read() -> None:
    data = b"id;name;klasse\n01;Nord;hoch\n02;Ost;mittel\n"
    assert recognised(data).proposal is not None
    with pytest.raises(FileRefused) as refused:
        read(data, Hints(period="2024"))
    assert refused.value.code == "unknown_format"


@pytest.mark.parametrize(
    "data", ["a;b\nx y;z\nu v;w\n", "2020;2021\n1;2\n", "eine Zeile ohne alles\n", "a;b\n"]
)
def test_what_is_no_table_of_figures_is_refused(data: str) -> None:
    with pytest.raises(FileRefused) as refused:
        recognised(data.encode())
    assert refused.value.code == "unknown_format"
