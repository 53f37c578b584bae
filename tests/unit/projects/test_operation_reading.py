"""Published lists as they are: headers on later rows, broken headings, hostile files."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.projects.operations import NewOperationList
from services.contracts.projects.operations import OperationField as F
from services.kit.problems import Invalid
from services.projects.list_reading import content
from services.projects.list_reading.headings import layout_of
from services.projects.list_reading.records import Understood, understood
from tests.support.open_formats import SHARED

ESF = SHARED / "esf/ESF_Thueringen_2014_2020_social_planning_subset.csv"
LIST = {
    "key": "esf",
    "title": {"de": "Vorhaben"},
    "publisher": "Freistaat Thüringen",
    "programming_period": "2014-2020",
    "fund": "ESF",
    "cci": "2014DE05SFOP014",
}
HEADER = "Begünstigter;Name des Vorhabens;Beginn;Ende;Gesamtkosten;PLZ"
ROW = "Stadt Jena;Planung;01.06.2016;31.12.2018;135.020,40;07743"


def read(text: str, **more: object) -> Understood:
    how = NewOperationList.model_validate({**LIST, **more})
    return understood(*layout_of([text], how.columns), "esf", how)


def refused(data: bytes) -> str:
    with pytest.raises(Invalid) as trouble:
        read(content.text_of(data))
    return trouble.value.faults[0].code


def test_the_33_real_operations_give_the_published_sums() -> None:
    found = read(content.text_of(ESF.read_bytes()))
    assert (len(found.records), found.problems, found.left_out) == (33, [], [])
    assert sum(one.total_cost for one in found.records) == Decimal("7962622.86")
    assert sum(one.union_share or 0 for one in found.records) == Decimal("6370098.29")
    jena = {
        one.total_cost: (one.union_share, one.national_share, one.postcode)
        for one in found.records
        if one.beneficiary == "Stadt Jena"
    }
    assert jena == {
        Decimal("135020.40"): (Decimal("108016.32"), Decimal("27004.08"), "07743"),
        Decimal("146839.75"): (Decimal("117471.80"), Decimal("29367.95"), "07743"),
    }


def test_the_list_of_the_commission_is_read_as_well() -> None:
    text = (SHARED / "kohesio/thueringen_subset_kohesio.csv").read_text("utf-8")
    found = read(text)
    assert (len(found.records), found.problems) == (33, [])
    assert sum(one.union_share or 0 for one in found.records) == Decimal("6370098.29")
    assert {one.intervention_code for one in found.records} == {109}
    assert found.records[0].identifier == "DE-TH-ESF-0001"


def test_a_header_on_a_later_row_with_breaks_and_hyphens_in_it() -> None:
    text = (
        "Verzeichnis;;;;;\nStand;01.07.2016;;;;\n;;;;;\n"
        '"Name des\nBegünstigten";"Bezeichnung\r\ndes Vor-\nhabens";"Beginn des Vor-\nhabens";'
        '"Datum des Ab-\nschlusses";"Gesamtbetrag der\nförderfähigen Ausgaben";"Postleit-\nzahl"\n'
        f"{ROW}\n;;;;;\nSumme;;;;135.020,40;\n"
    )
    found = read(text)
    assert [(one.beneficiary, one.total_cost) for one in found.records] == [
        ("Stadt Jena", Decimal("135020.40"))
    ]
    assert [(one.row, one.reason) for one in found.left_out] == [(7, "no_operation")]
    assert found.problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_delimiter_and_both_encodings(delimiter: str, encoding: str) -> None:
    out = io.StringIO()
    rows = [line.split(";") for line in (HEADER, ROW)]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    found = read(content.text_of(out.getvalue().encode(encoding)))
    assert found.records[0].total_cost == Decimal("135020.40")


def test_problems_name_row_column_and_what_was_expected() -> None:
    rows = [
        "Stadt Jena;Planung;01.06.2016;31.12.2015;135.020,40;07743",
        "Stadt Jena;;2016;31.12.2018;-1;743",
        "Stadt Jena;Planung;01.06.2016;;NaN;",
        "Stadt Jena;Planung;01.06.2016;;1,00;07743;mehr",
        "Stadt Jena;Planung",
    ]
    found = read("\n".join([HEADER, *rows]))
    assert found.records == []
    assert [(one.row, one.field, one.code) for one in found.problems] == [
        (2, F.ends_on, "before_start"),
        (3, F.name, "missing"),
        (3, F.starts_on, "date"),
        (3, F.total_cost, "negative"),
        (3, F.postcode, "postcode"),
        (4, F.total_cost, "number"),
        (5, None, "cells"),
        (6, F.starts_on, "missing"),
        (6, F.total_cost, "missing"),
    ]
    assert found.problems[3].column == "Gesamtkosten"
    assert all(one.expected for one in found.problems)


def test_rows_that_count_an_operation_twice_are_told() -> None:
    other = ROW.replace("135.020,40", "135.020,41")
    found = read("\n".join([HEADER, ROW, other, f" {ROW} ", other]))
    assert [(one.row, one.first, one.wholly) for one in found.repeats] == [
        (4, 2, True),
        (5, 3, True),
    ]
    assert len({one.key for one in found.records}) == 4
    numbered = [f"Vorhabennummer;{HEADER}", f"V1;{ROW}", f"V2;{ROW}", f"V1;{other}", f"V2;{ROW}"]
    found = read("\n".join(numbered))
    assert [(one.row, one.first, one.wholly) for one in found.repeats] == [
        (4, 2, False),
        (5, 3, True),
    ]
    assert read(content.text_of(ESF.read_bytes())).repeats == []


def test_a_union_share_that_contradicts_its_rate_is_told_and_kept() -> None:
    header = f"{HEADER};EU-Beitrag;Kofinanzierungssatz"
    shares = [
        "108.016,32;80%",
        "108.000,00;80%",
        "67.405,00;49,92%",
        "100.000,00;",
        "135.020,40;80%",
    ]
    found = read("\n".join([header, *(f"{ROW};{one}" for one in shares)]))
    assert [(one.row, str(one.told), str(one.expected)) for one in found.share_remarks] == [
        (3, "108000.00", "108016.32"),
        (6, "135020.40", "108016.32"),
    ]
    assert [str(one.union_share) for one in found.records][1] == "108000.00"
    assert read(content.text_of(ESF.read_bytes())).share_remarks == []


@pytest.mark.parametrize(
    "row",
    [
        "Summe;;;;270.040,81;",
        ";Gesamt:;;;270.040,81;",
        "INSGESAMT;;;;270040,81 €;",
    ],
)
def test_the_sum_of_the_list_is_no_operation_and_is_told_beside_that_of_its_rows(row: str) -> None:
    other = ROW.replace("135.020,40", "135.020,41")
    found = read("\n".join([HEADER, ROW, other, row]))
    assert found.list_total == sum(one.total_cost for one in found.records) == Decimal("270040.81")
    assert (found.problems, [one.row for one in found.left_out]) == ([], [4])
    wrong = read("\n".join([HEADER, ROW, row]))
    assert wrong.list_total == Decimal("270040.81")
    assert [one.total_cost for one in wrong.records] == [Decimal("135020.40")]
    unread = read("\n".join([HEADER, ROW, "Summe;;;;siehe oben;"]))
    assert (unread.list_total, unread.problems) == (None, [])
    assert read(f"{HEADER}\n{ROW}").list_total is None


def test_a_person_is_left_out_and_no_word_of_the_row_is_told() -> None:
    text = f"{HEADER}\nErika Musterfrau;Existenzgründung Musterfrau;01.06.2016;;1,00;07743\n{ROW}"
    found = read(text)
    assert [one.beneficiary for one in found.records] == ["Stadt Jena"]
    assert [(one.row, one.reason) for one in found.left_out] == [(2, "not_a_known_legal_entity")]
    assert "Musterfrau" not in repr(found)


def test_days_and_rates_are_recognised_by_what_is_in_them() -> None:
    text = (
        "Begünstigter;Name des Vorhabens;von;bis;Gesamtkosten;Anteil\n"
        "Stadt Jena;Planung;01.06.2016;31.12.2018;135.020,40;80%\n"
    )
    one = read(text).records[0]
    assert (one.ends_on, one.rate) == (one.starts_on.replace(2018, 12, 31), 80)


def test_an_unusual_wording_is_said_in_the_list() -> None:
    text = "Wer;Was;Ab;Bis;Was es kostet\nStadt Jena;Planung;01.06.2016;31.12.2018;135.020,40"
    columns = {"beneficiary": "Wer", "name": "was", "total_cost": "Was es\nkostet"}
    assert read(text, columns=columns).records[0].name == "Planung"
    for wrong, pointer in (
        ({}, ""),
        ({**columns, "name": "Wie"}, "/columns/name"),
        ({**columns, "total_cost": "Ab"}, "/columns/starts_on"),
    ):
        with pytest.raises(Invalid) as trouble:
            read(text, columns=wrong)
        assert trouble.value.faults[0].pointer == pointer


def test_two_columns_for_one_field_are_not_guessed() -> None:
    with pytest.raises(Invalid) as trouble:
        read(f"{HEADER};Gesamtausgaben\n{ROW};5,00")
    assert trouble.value.faults[0].pointer == "/columns/total_cost"
    assert trouble.value.faults[0].code == "ambiguous"
    columns = {"total_cost": "Gesamtausgaben"}
    again = read(f"{HEADER};Gesamtausgaben\n{ROW};5,00", columns=columns)
    assert again.records[0].total_cost == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (f"{HEADER}\n{ROW}\x00".encode(), "not_text"),
        (b"PK\x03\x04\x00\x00", "not_text"),
        (f"{HEADER}\n{ROW}".encode("utf-16"), "not_text"),
        (f"{HEADER}\n{ROW} ü".encode() + b"\xfc", "encoding"),
        (b"nothing\nof this", "header"),
        (HEADER.replace(";", "~").encode(), "header"),
        (f'{HEADER}\n"Stadt Jena;Planung'.encode(), "csv"),
        (f"{HEADER}\n{'x' * 200_000}".encode(), "too_long"),
        (f"{HEADER}\n{'x;' * 400}".encode(), "cells"),
        (f"{HEADER}\n".encode() + b"a;b\n" * 20_001, "too_many"),
    ],
)
def test_a_hostile_list_is_refused_as_a_whole(data: bytes, code: str) -> None:
    assert refused(data) == code


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        read(content.text_of(data))


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=5))
@settings(deadline=None)
def test_no_cells_break_the_reading(rows: list[list[str]]) -> None:
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(HEADER.split(";"))
    table.writerow(ROW.split(";"))
    table.writerows([["Stadt Jena", *row[1:]] for row in rows])
    try:
        found = read(content.text_of(out.getvalue().encode()))
    except Invalid:
        return
    told = len(found.records) + len(found.left_out) + len({one.row for one in found.problems})
    assert told == found.rows


def test_a_workbook_holds_rates_as_parts_and_numbers_with_a_point() -> None:
    text = f"{HEADER};Kofinanzierungssatz\n" + "\n".join(
        f"Stadt Jena;Planung {n};2016-06-01;2018-12-31;{cost};7743;{rate}"
        for n, (cost, rate) in enumerate([("135020.4", "0.8"), ("1.125", "0.4992"), ("5", "1")])
    )
    how = NewOperationList.model_validate(LIST)
    found = understood(*layout_of(["Deckblatt", text], {}), "esf", how, workbook=True)
    assert [(one.total_cost, one.rate) for one in found.records] == [
        (Decimal("135020.40"), 80),
        (5, 100),
    ]
    assert [(one.row, one.code) for one in found.problems] == [(3, "cents")]
    assert ("0.8", "80 %") in {(one.written, one.read) for one in found.repairs}
    as_text = read(text)
    assert [one.code for one in as_text.problems if one.field == F.rate] == ["ambiguous"] * 3


def test_operations_keep_their_key_when_the_list_is_sorted_otherwise() -> None:
    other = ROW.replace("31.12.2018", "31.12.2017")
    one, two = (
        {(r.key, r.ends_on) for r in read("\n".join([HEADER, *rows])).records}
        for rows in ((ROW, other), (other, ROW))
    )
    assert one == two
    assert len({key for key, _ in one}) == 2
