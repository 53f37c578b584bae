"""What a file is, its content tells; what it is not, the refusal says."""

import gzip

import pytest

from services.indicators.deliveries.formats import FileRefused, Format, Limits
from tests.unit.indicators.delivered import format_of, read
from tests.unit.indicators.samples import flat_file, flat_row, zipped

TIDY = b"area,period,value\na1,2024,7\n"


def refusal(data: bytes, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        format_of(data, limits)
    return refused.value


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (TIDY, Format.tidy_csv),
        (zipped(TIDY), Format.tidy_csv),
        (flat_file(flat_row("1")), Format.ffcsv),
        (zipped(flat_file(flat_row("1"))), Format.ffcsv),
    ],
)
def test_a_file_is_recognised_by_its_content(data: bytes, format: Format) -> None:
    assert format_of(data) is format


@pytest.mark.parametrize(
    ("data", "code", "seen"),
    [
        (b"", "empty", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty", "empty"),
        (b"%PDF-1.7 ...", "not_text", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_text", "Office"),
        (gzip.compress(TIDY, mtime=0), "not_text", "gzip"),
        ("area,period,value".encode("utf-16"), "not_text", "UTF-16"),
        (TIDY + b"\x00\x01", "not_text", "binary"),
        (b"\xef\xbb\xbf" + TIDY + b"\xff", "encoding", "damaged"),
        (TIDY + "männlich".encode() + b"\xff", "encoding", "damaged"),
        (TIDY + b"\x81", "encoding", "1252"),
        (b"<html></html>", "unknown_format", "HTML"),
        (b'{"a": 1}', "unknown_format", "JSON"),
        (b'{"type": "FeatureCollection", "features": []}', "geojson", "/areas/import"),
        (b"GENESIS-Tabelle: 12411-01-01-4\n", "header", "cross table"),
        (b"PAR1....PAR1", "not_text", "Parquet"),
        (b"31.12.2006,31.12.2007\n1,2", "unknown_format", "area"),
        (b"one word", "unknown_format", "one word"),
    ],
)
def test_a_refusal_says_what_was_seen(data: bytes, code: str, seen: str) -> None:
    refused = refusal(data)
    assert refused.code == code
    assert seen in refused.detail


def test_a_refusal_says_what_would_be_accepted() -> None:
    assert "area, period, value" in refusal(b"a,b,c\n1,2,3").detail


@pytest.mark.parametrize(
    ("archive", "code"),
    [
        (zipped(), "archive"),
        (zipped(TIDY, TIDY), "archive"),
        (zipped(zipped(TIDY)), "not_text"),
        (zipped(TIDY)[:-30], "archive"),
        (b"PK\x03\x04 and no more", "archive"),
    ],
)
def test_an_archive_holds_one_sound_file(archive: bytes, code: str) -> None:
    assert refusal(archive).code == code


def test_an_archive_that_swells_is_refused() -> None:
    bomb = zipped(b"area,period,value\n" + b"0" * 3_000_000)
    assert refusal(bomb).code == "too_large"
    assert refusal(zipped(TIDY * 100), Limits(unpacked=1000)).code == "too_large"


def test_an_archive_that_lies_about_its_size_is_not_believed() -> None:
    archive = bytearray(zipped(b"area,period,value\n" + b"0" * 3_000_000))
    directory = archive.rindex(b"PK\x01\x02")
    archive[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(archive)).code in {"archive", "too_large", "unknown_format"}


def test_too_large_and_too_wide_files_are_refused() -> None:
    assert refusal(TIDY * 10, Limits(size=100)).code == "too_large"
    assert refusal(b",".join([b"c"] * 1001) + b"\n").code == "header"


def test_broken_quotation_marks_are_refused_with_their_line() -> None:
    with pytest.raises(FileRefused, match="line 3") as refused:
        read(TIDY + b'"a1,2024,7\n')
    assert refused.value.code == "csv"
