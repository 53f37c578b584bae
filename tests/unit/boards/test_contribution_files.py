"""What is in the exports of participation platforms."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.contribution_imports.rules import (
    MOST,
    Row,
    asked,
    chosen,
    day,
    origins,
    plain,
    read,
    repeated,
)
from services.kit.problems import Invalid

DECIDIM = """\
id;category/id;category/name/ca;category/name/de;scope/name/de;title/ca;title/de;body/ca;body/de;\
votes;published_at
17;3;;Wohnen;Lobeda;;Bus am Abend;;"<p>Der letzte Bus</p><p>fährt zu früh &amp; zu selten.</p>";4;\
2026-04-15 10:00:00 UTC
18;3;Habitatge;;;Més;;Banc;;0;2026-04-16 10:00:00 UTC
"""
CONSUL = """\
id,title,summary,description,tags,created_at
5,Bank,Eine Bank,"Am Markt, bitte",x,2026-04-15T08:00:00Z
"""
ADHOCRACY = """\
Link,Name,Beschreibung,Kategorie,Ersteller,Erstellt
https://example.org/1,Licht,Mehr Licht,Wohnen,mustermann,15.04.2026
"""
OWN = "Nummer\tBetreff\tAnliegen\n1\tBus\tFährt zu früh\n"


def test_an_export_of_decidim_is_understood() -> None:
    sheet = read(DECIDIM.encode(), {})
    assert sheet.columns["text"] == ["title/de", "title/ca", "body/de", "body/ca"]
    first, second = sheet.rows
    assert first.said == {
        "id": "17",
        "text": "Bus am Abend\n\nDer letzte Bus\nfährt zu früh & zu selten.",
        "category": "Wohnen",
        "area": "Lobeda",
        "received_on": "2026-04-15 10:00:00 UTC",
    }
    assert (second.said["text"], second.said["category"]) == ("Més\n\nBanc", "Habitatge")


def test_an_export_of_consul_is_understood() -> None:
    (row,) = read(CONSUL.encode(), {}).rows
    assert row.said["text"] == "Bank\n\nEine Bank\n\nAm Markt, bitte"
    assert (row.said["id"], row.said["received_on"]) == ("5", "2026-04-15T08:00:00Z")


def test_an_export_of_adhocracy_is_understood_and_its_author_is_left_out() -> None:
    (row,) = read(ADHOCRACY.encode("cp1252"), {}).rows
    assert (row.said["id"], row.said["category"]) == ("https://example.org/1", "Wohnen")
    assert "mustermann" not in str(row.said)


def test_own_columns_are_named_in_the_request() -> None:
    columns, means = asked(
        [
            ("process", "dialog"),
            ("column[text]", "Betreff | Anliegen"),
            ("column[id]", "Nummer"),
            ("means[Bus]", "verkehr"),
        ]
    )
    sheet = read(OWN.encode(), columns)
    assert sheet.rows[0].said == {"text": "Bus\n\nFährt zu früh", "id": "1"}
    assert means == {"Bus": "verkehr"}
    with pytest.raises(Invalid):
        asked([("column[author]", "Name")])
    with pytest.raises(Invalid) as refused:
        read(OWN.encode(), {"text": ["Betreff", "Text"]})
    assert refused.value.faults[0].parameter == "column[text]"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "header"),
        (b"id;votes\n1;2\n", "header"),
        (b"text;text\na;b\n", "header"),
        (b"id;text\n1\n", "cells"),
        (b'text\n"open', "csv"),
        (b"text\n" + b'"' + b"x" * 200_000 + b'"\n', "csv"),
        (b"text\na\x00b\n", "not_text"),
        ("text\na\n".encode("utf-16-le"), "not_text"),  # nothing says that it is UTF-16
        (b"\xff\xfe" + "text\na\x00b\n".encode("utf-16-le"), "not_text"),
        (b"\xff\xfet", "encoding"),
        (b"text\n\x81\n", "encoding"),
        (b"text\n" + b"word\n" * (MOST + 1), "too_many"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(data, {})
    assert refused.value.faults[0].code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_as_any_spreadsheet_saves_it(
    encoding: str, ends: str, delimiter: str
) -> None:
    header, cells = ["id", "text"], ["7", "Größe – ein „Weg“\nfür 5 €"]
    table = [delimiter.join(header), delimiter.join((cells[0], f'"{cells[1]}"')), delimiter]
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    sheet = read((mark + ends.join(table) + ends).encode(encoding), {})
    (row_,) = sheet.rows
    assert row_.said == {"id": "7", "text": cells[1]}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_first_line_that_only_names_the_separator_is_no_row(separator: str) -> None:
    told = f"SEP={separator}\r\nid{separator}text\r\n7{separator}Ein Weg; ein Ziel, ein Weg"
    if separator in ",;":
        told = told.replace("Ein Weg; ein Ziel, ein Weg", "Ein Weg")
    sheet = read(told.encode(), {})
    (row_,) = sheet.rows
    assert (row_.said["id"], row_.line) == ("7", 3)
    assert row_.said["text"].startswith("Ein Weg")


def test_the_longest_cell_is_read_and_no_longer_one() -> None:
    longest = "x" * 131_072
    assert len(read(f"text\n{longest}\n".encode(), {}).rows[0].said["text"]) == len(longest)
    with pytest.raises(Invalid):
        read(f"text\n{longest}x\n".encode(), {})


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    for beginning in (b"", b"id;title/de;body/de\n"):
        try:
            sheet = read(beginning + data, {})
        except Invalid:
            continue
        assert all(row.line > 1 for row in sheet.rows)


@given(st.text(alphabet="<>p/ab &;\n\t", max_size=80))
def test_no_mark_of_html_is_left(text: str) -> None:
    told = plain(f"<p>{text}</p>")
    assert "<p>" not in told
    assert told == told.strip()
    assert plain("a<br>b") == "a\nb"


TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", TODAY),
        ("2026-05-01T23:59:00+02:00", TODAY),
        ("2026-04-15 10:00:00 UTC", date(2026, 4, 15)),
        ("2026-04-15T10:00:00+02:00", date(2026, 4, 15)),
        ("15.4.2026, 10:00", date(2026, 4, 15)),
        ("15/04/2026", date(2026, 4, 15)),
        ("2026-03-01T23:30:00Z", date(2026, 3, 2)),
        ("2026-03-01 23:30:00 UTC", date(2026, 3, 2)),
        ("2026-03-01 23:30:00.125 +0000", date(2026, 3, 2)),
        ("2026-03-01T23:30:00", date(2026, 3, 1)),
        ("2026-03-01T23:30:00+01:00", date(2026, 3, 1)),
        ("2026-03-02T00:30:00+03", date(2026, 3, 1)),
        ("01.03.2026, 19:30 -05:30", date(2026, 3, 2)),
        ("2026-04-15T21:59:59Z", date(2026, 4, 15)),
        ("2026-04-15T22:00:00Z", date(2026, 4, 16)),
        ("2026-05-02T00:30:00+03:00", TODAY),
    ],
)
def test_days_as_platforms_write_them(said: str, expected: date) -> None:
    assert day(said, TODAY) == expected


@pytest.mark.parametrize(
    "said",
    [
        *("soon", "2026-13-01", "2026-05-02", "30.02.2026", "1.1.26"),
        *("2026-05-01T22:30:00Z", "2026-04-15T25:00:00Z", "2026-04-15T10:00:00+99:00"),
        *("9999-12-31T23:30:00Z", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_no_other_days(said: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|must be"):
        day(said, TODAY)


def test_a_word_means_what_is_said_or_what_it_is_called() -> None:
    offered = {"wohnen": {"de": "Wohnen", "en": "Housing"}, "bildung": {"de": "Bildung"}}
    for said in ("wohnen", "WOHNEN", "Housing"):
        assert chosen(said, offered, {}) == "wohnen"
    assert chosen("", offered, {}) is None
    assert chosen("Schule", offered, {"schule": "bildung"}) == "bildung"
    with pytest.raises(KeyError):
        chosen("Schule", offered, {})


def row(line: int = 2, **said: Any) -> Row:
    return Row(line, said)


def test_a_row_is_known_by_its_number_or_by_what_it_says() -> None:
    once = origins("p", [row(id="1", text="a"), row(text="b"), row(text="b")])
    assert len(set(once)) == 3
    assert origins("p", [row(id="1", text="changed")])[0] == once[0]
    assert origins("p", [row(text="b"), row(text="b")]) == once[1:]
    assert origins("q", [row(id="1", text="a")])[0] != once[0]


def test_a_number_that_stands_there_twice_is_refused() -> None:
    sheet = read(b"id;text\n7;first\n7;second\n", {})
    (fault,) = repeated(sheet, origins("p", sheet.rows))
    assert (fault.pointer, fault.code) == ("/3/id", "repeated")
