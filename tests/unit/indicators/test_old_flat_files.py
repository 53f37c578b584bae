"""Flat files in the format used until 2024 are read as they are meant."""

from decimal import Decimal

import pytest

from services.contracts.indicators.values import ValueStatus
from services.indicators.deliveries.formats import FileRefused, Format
from tests.unit.indicators.delivered import read

HEADER = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;"
    "1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;"
    "2_Merkmal_Code;2_Merkmal_Label;2_Auspraegung_Code;2_Auspraegung_Label;"
    "BEVSTD__Bevölkerungsstand__Anzahl;BEVSTD__Bevölkerungsstand__q;"
    "FLC006__Fläche__qkm"
)


def row(*values: str, area: str = "16053", sex: str = "GESW", time: str = "31.12.2015") -> str:
    label = "weiblich" if sex else "Insgesamt"
    return (
        f"12411;Fortschreibung;STAG;Stichtag;{time};KREISE;Kreise;{area};Jena, Stadt;"
        f"GES;Geschlecht;{sex};{label};{';'.join(values)}"
    )


def file(*rows: str, header: str = HEADER, encoding: str = "latin-1") -> bytes:
    return "\r\n".join([header, *rows, ""]).encode(encoding)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig"])
def test_every_measure_has_its_column_and_its_quality(encoding: str) -> None:
    table = read(file(row("54933", "e", "114,76"), encoding=encoding))
    assert table.summary.format is Format.old_ffcsv
    assert not table.issues
    population, size = table.rows
    assert (population.statistic, population.measure, population.unit) == (
        "12411",
        "BEVSTD",
        "Anzahl",
    )
    assert (population.measure_label, population.value) == ("Bevölkerungsstand", Decimal(54933))
    assert (size.measure, size.unit, size.value) == ("FLC006", "qkm", Decimal("114.76"))
    assert {r.period for r in table.rows} == {"2015-12-31"}
    assert {r.breakdown for r in table.rows} == {"GES=GESW"}


def test_a_provisional_figure_is_told_from_a_final_one() -> None:
    table = read(file(row("1", "p", "1"), row("2", "e", "1", sex=""), row("3", "()", "x")))
    assert [r.provisional for r in table.rows] == [True, False, False, False, False, False]
    assert table.rows[2].breakdown == ""
    assert table.rows[4].status is ValueStatus.limited
    assert table.rows[5].status is ValueStatus.not_meaningful


def test_the_total_may_have_a_code() -> None:
    (first, _) = read(file(row("1", "e", "1", sex="INSGESAMT"))).rows
    assert first.breakdown == ""


def test_a_bad_cell_costs_no_other() -> None:
    table = read(file(row("many", "e", "114,76"), row("7", "e", "1,5", area="")))
    assert [r.measure for r in table.rows] == ["FLC006"]
    assert [(i.line, i.column, i.code) for i in table.issues] == [
        (2, "BEVSTD", "number_unreadable"),
        (3, "1_Auspraegung_Code", "area_missing"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("2_Merkmal_Label;", ""),
        HEADER.replace("FLC006__Fläche__qkm", "FLC006"),
        HEADER.replace("FLC006__Fläche__qkm", "F C__Fläche__qkm"),
        "Statistik_Code;Zeit;Wert",
        HEADER.partition(";BEVSTD")[0],
    ],
)
def test_a_header_that_is_not_complete_refuses_the_file(header: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(file(row("1", "e", "1"), header=header))
    assert refused.value.code == "header"
