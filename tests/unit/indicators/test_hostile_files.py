"""Cut off, mixed up, swollen, lying: every file is refused by name or its bad cell is."""

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.indicators.deliveries.formats import FileRefused, Format, Hints, Limits
from tests.unit.indicators.delivered import Read, read
from tests.unit.indicators.samples import flat_file, flat_row, zipped
from tests.unit.indicators.test_cross_tables import BODY
from tests.unit.indicators.test_cross_tables import table as cross_table
from tests.unit.indicators.test_old_flat_files import file as old_file
from tests.unit.indicators.test_old_flat_files import row as old_row
from tests.unit.indicators.test_sdmx_files import message
from tests.unit.indicators.test_sdmx_files import row as sdmx_row
from tests.unit.indicators.workbooks import TIDY_ROWS, crafted, inline, workbook

GOOD: dict[Format, bytes] = {
    Format.ffcsv: flat_file(flat_row("5127"), flat_row("-", sex="GESM"), flat_row("9127", sex="")),
    Format.old_ffcsv: old_file(
        old_row("5127", "e", "1,5"), old_row("9127", "e", "2,5", sex=""), encoding="utf-8"
    ),
    Format.genesis: cross_table(body=BODY.replace(";9;", ";9127;")),
    Format.tidy_csv: b"area;period;sex;value\nb1;2024;f;5127\na1;2023;;x\na1;2024;m;9127\n",
    Format.long_csv: "nr;Bezirk;Jahr;Männer\n1;Süd;2023;5127\n2;Nord;2024;9127\n".encode(),
    Format.wide_periods: "nr;Bezirk;2023;2024\n1;Süd;5127;-\n2;Nord;3127;9127\n".encode(),
    Format.wide_measures: "nr;Bezirk;men;women\n1;Süd;5127;-\n2;Nord;3127;9127\n".encode(),
    Format.sdmx_csv: message(sdmx_row("5127"), sdmx_row("NaN", sex="M"), sdmx_row("9127", sex="X")),
}
HINTS = Hints(period="2024")
EVERY = pytest.mark.parametrize("format", list(GOOD), ids=str)


def tried(data: bytes, limits: Limits | None = None) -> Read | FileRefused:
    try:
        return read(data, HINTS, limits)
    except FileRefused as refused:
        return refused


def refusal(data: bytes, limits: Limits | None = None) -> FileRefused:
    found = tried(data, limits)
    assert isinstance(found, FileRefused), found
    assert found.detail
    return found


def changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)


@EVERY
def test_the_samples_are_good(format: Format) -> None:
    table = read(GOOD[format], HINTS)
    assert table.summary.format is format
    assert not table.issues


@EVERY
def test_a_file_cut_off_anywhere_invents_nothing(format: Format) -> None:
    data = GOOD[format]
    whole = {repr(row) for row in read(data, HINTS).rows}
    for cut in range(1, len(data)):
        part = tried(data[:cut])
        if isinstance(part, FileRefused) or part.issues:
            continue
        ended = (b"\n", b"\r") if format is not Format.genesis else b"Stand: 10.10.2017"
        assert data[:cut].endswith(ended) or b"Stand: 10.10.2017" in data[:cut], data[:cut]
        if part.summary.format is format:
            assert {repr(row) for row in part.rows} <= whole


@EVERY
def test_the_line_that_breaks_off_is_named(format: Format) -> None:
    if format is Format.genesis:
        data = GOOD[format].partition(b"2016;16053")[0] + b"2016;16053;      Jena"
    else:
        data = GOOD[format][:-7]
    found = tried(data)
    assert isinstance(found, Read)
    last = data.count(b"\n") + 1
    assert any(last <= issue.line <= last + 1 for issue in found.issues), found.issues


@EVERY
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("NaN", "number_unreadable"),
        ("nan", "number_unreadable"),
        ("Infinity", "number_unreadable"),
        ("-inf", "number_unreadable"),
        ("1e400", "number_unreadable"),
        ("1_000", "number_unreadable"),
        ("0x10", "number_unreadable"),
        ("٣", "number_unreadable"),
        ("²", "number_unreadable"),
        ("9" * 16, "number_unreadable"),
        ("9" * 100_000, "number_unreadable"),
        ("=1+1", "number_unreadable"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_number_is_named_by_line_and_column(
    format: Format, cell: str, code: str
) -> None:
    if format is Format.sdmx_csv and cell == "NaN":
        return
    found = tried(changed(GOOD[format], "9127", cell))
    if isinstance(found, FileRefused):
        assert found.code == "unknown_format"
        return
    line = GOOD[format].partition(b"9127")[0].count(b"\n") + 1
    if found.summary.format is format:
        assert [(i.line, i.code) for i in found.issues] == [(line, code)]
        assert found.issues[0].column
    assert all(row.value is None or row.value != 9127 for row in found.rows)


@EVERY
@pytest.mark.parametrize(
    ("what", "codes"),
    [
        (lambda data: changed(data, "9127", "9\x00127"), {"not_text"}),
        (lambda data: data + b"\x00" * 100, {"not_text"}),
        (lambda data: changed(data, "9127", "\ud800"), {"encoding"}),
        (lambda data: data.decode().encode("utf-16"), {"not_text"}),
        (lambda data: data.decode().encode("utf-16-le"), {"not_text"}),
        (lambda data: data.decode().encode("utf-32"), {"not_text"}),
        (lambda data: data + "Männer\n".encode() + "Mädchen\n".encode("latin-1"), {"encoding"}),
        (lambda data: data + "5 € – 6".encode() + b"\xe4", {"encoding"}),
        (lambda data: data + b"\x81\n", {"encoding"}),
        (lambda data: zipped(zipped(data)), {"not_text"}),
        (lambda data: zipped(data, data), {"archive"}),
        (lambda data: zipped(data)[:-30], {"archive"}),
        (lambda data: b"a" * 2_000_000, {"line_too_long"}),
        (lambda data: data + b"a" * 2_000_000, {"line_too_long"}),
        (
            lambda data: data.split(b"\n")[0].strip() + b";c" * 100_000,
            {"header", "unknown_format", "csv"},
        ),
    ],
    ids=[
        "NUL in a cell",
        "NULs at the end",
        "lone surrogate",
        "UTF-16",
        "UTF-16 without a mark",
        "UTF-32",
        "UTF-8 and Latin-1",
        "UTF-8 and one byte",
        "undefined byte",
        "archive in archive",
        "two files",
        "cut archive",
        "one long line",
        "a long last line",
        "100,000 columns",
    ],
)
def test_bytes_that_are_no_table_refuse_the_file(
    format: Format, what: Callable[[bytes], bytes], codes: set[str]
) -> None:
    assert refusal(what(GOOD[format])).code in codes


@EVERY
def test_a_wrong_delimiter_is_refused_or_named(format: Format) -> None:
    mark = b"," if format is Format.sdmx_csv else b";"
    head, _, body = GOOD[format].partition(b"\n")
    assert isinstance(tried(GOOD[format].replace(mark, b"^")), FileRefused)
    mixed = tried(head + b"\n" + body.replace(mark, b"^"))
    assert isinstance(mixed, FileRefused) or mixed.summary.errors


@EVERY
def test_a_quotation_mark_that_never_closes_is_refused(format: Format) -> None:
    data = changed(GOOD[format], "9127", '"9127') + b"a;b;c\n" * 50_000
    found = tried(data)
    if isinstance(found, FileRefused):
        assert found.code in {"csv", "unknown_format"}
    else:
        assert found.summary.errors


@EVERY
@pytest.mark.parametrize("name", ["data.xlsx", "data.zip", "data.json", "data", "data.csv.exe"])
def test_a_name_says_nothing(tmp_path: Path, format: Format, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD[format])
    assert read(path, HINTS).rows == read(GOOD[format], HINTS).rows


@EVERY
@settings(deadline=None)
@given(data=st.data())
def test_any_damage_is_survived(format: Format, data: st.DataObject) -> None:
    good = GOOD[format]
    at = data.draw(st.integers(0, len(good)))
    until = data.draw(st.integers(at, min(len(good), at + 20)))
    tried(good[:at] + data.draw(st.binary(max_size=20)) + good[until:])


def _bombs() -> Iterator[tuple[str, bytes, set[str]]]:
    yield "ratio", zipped(b"area,period,value\n" + b"a1,2024,7\n" * 3_000_000), {"too_large"}
    many = BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for n in range(3_000):
            archive.writestr(f"{n}.csv", b"a")
    yield "entries", many.getvalue(), {"archive"}
    parts: dict[str, bytes | str] = {f"xl/media/{n}": b"a" for n in range(3_000)}
    yield "entries of a workbook", crafted(TIDY_ROWS, parts=parts), {"archive"}
    zeros: dict[str, bytes | str] = {"xl/styles.xml": b"0" * 60_000_000}
    yield "a swollen part", crafted(TIDY_ROWS, parts=zeros), {"too_large"}
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY e0 "ha">{entities}]><sst>&e9;</sst>'
    yield "billion laughs", crafted(TIDY_ROWS, strings=laughs), {"entities"}
    far = TIDY_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "the last cell", crafted(far), {"header"}
    beyond = TIDY_ROWS + '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    yield "a row beyond the last", crafted(beyond), {"too_many_cells"}
    wide = "".join(f'<row r="{n}"><c r="ALL{n}"><v>1</v></c></row>' for n in range(3, 30_000))
    yield "cells without end", crafted(TIDY_ROWS + wide), {"header", "too_many_cells", "workbook"}
    nested = "<a>" * 100_000
    yield "nested elements", crafted(TIDY_ROWS + nested), {"workbook"}


BOMBS = list(_bombs())


@pytest.mark.parametrize(
    ("data", "codes"), [bomb[1:] for bomb in BOMBS], ids=[bomb[0] for bomb in BOMBS]
)
def test_a_bomb_is_refused_before_it_goes_off(data: bytes, codes: set[str]) -> None:
    assert refusal(data).code in codes


def test_an_archive_that_lies_about_its_size_is_not_believed() -> None:
    archive = bytearray(zipped(b"area,period,value\n" + b"a1,2024,7\n" * 300_000))
    directory = archive.rindex(b"PK\x01\x02")
    archive[directory + 24 : directory + 28] = struct.pack("<I", 10)
    assert refusal(bytes(archive)).code in {"archive", "too_large"}


def test_more_different_codes_than_a_town_has_are_refused() -> None:
    rows = "".join(f"a{n};2024;;1\n" for n in range(100))
    assert refusal(f"area;period;x;value\n{rows}".encode(), Limits(different=50)).code == (
        "too_many_codes"
    )


_MEASURE = """
import sys
from pathlib import Path
from services.indicators.deliveries.formats import FileRefused, Hints, Limits, parse

class Nowhere:
    def write(self, data):
        return len(data)

try:
    summary = parse(Path(sys.argv[1]), Nowhere(), Hints(period="2024"), Limits(size=2**31))
    said = f"rows {summary.rows} errors {summary.errors}"
except FileRefused as refused:
    said = refused.code
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(said, int(peak.split()[1]) // 1024, sep="|")
"""


def _peak(path: Path) -> tuple[str, int]:
    """What became of the file, and the largest resident memory in MB of reading it."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    said, peak = done.stdout.strip().split("|")
    return said, int(peak)


def _written(path: Path, head: bytes, part: bytes, times: int) -> Path:
    with path.open("wb") as file:
        file.write(head)
        for _ in range(times):
            file.write(part)
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
@pytest.mark.parametrize(
    ("head", "part", "times", "said"),
    [
        (b"area,period,value\n", b"0" * 1_000_000, 100, "line_too_long"),
        (b"", b'"' * 1_000_000, 100, "line_too_long"),
        (b"area,period,value\n", b"a1,2024,7\n" * 100_000, 30, "rows 3000000 errors 0"),
        (b"area,period,value\n", b"a1,2024,seven\n" * 100_000, 3, "rows 300000 errors 300000"),
        (b'area,period,value\n"', b"a1,2024,7\n" * 100_000, 10, "csv"),
        (b"area,period,value\n", b"\n" * 1_000_000, 4, "rows 0 errors 0"),
        (b"area,period,value\n", b"\n" * 1_000_000, 10, "too_many_rows"),
    ],
    ids=[
        "a line of 100 MB",
        "quotation marks",
        "3 million rows",
        "errors",
        "open",
        "empty",
        "void",
    ],
)
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, head: bytes, part: bytes, times: int, said: str
) -> None:
    found, peak = _peak(_written(tmp_path / "file", head, part, times))
    assert found == said
    assert peak < 100


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
def test_memory_does_not_grow_with_the_width(tmp_path: Path) -> None:
    head = "nr;" + ";".join(f"m{n}" for n in range(900)) + "\n"
    row = "1;" + ";".join(str(n) for n in range(900)) + "\n"
    found, peak = _peak(_written(tmp_path / "file", head.encode(), row.encode(), 2_000))
    assert found == "rows 2000 errors 0"
    assert peak < 100


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
@pytest.mark.parametrize("kind", ["texts", "keys", "places", "blanks"])
def test_memory_stays_bounded_whatever_is_different(tmp_path: Path, kind: str) -> None:
    rows: dict[str, Callable[[int], str]] = {
        "texts": lambda n: f"a1,2024,k,{n}.{n:012}\n",
        "keys": lambda n: f"a{n % 100},{1900 + n % 199},k{n % 1000},{n}\n",
        "places": lambda n: f"area-{n % 150_000:08},2024,k,{n}\n",
        "blanks": lambda n: f"{' ' * (n % 500)}a{n % 401},2024,k,{n}\n",
    }
    path = tmp_path / "file"
    with path.open("w") as file:
        file.write("area,period,x,value\n")
        file.writelines(rows[kind](n) for n in range(200_000))
    found, peak = _peak(path)
    assert found == "rows 200000 errors 0"
    assert peak < 160


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is told by Linux only")
@pytest.mark.parametrize("name", [bomb[0] for bomb in BOMBS])
def test_a_bomb_takes_no_memory(tmp_path: Path, name: str) -> None:
    data = next(data for named, data, _ in BOMBS if named == name)
    path = tmp_path / "file"
    path.write_bytes(data)
    _, peak = _peak(path)
    assert peak < 200


def test_a_large_workbook_of_texts_is_read_in_bounded_memory(tmp_path: Path) -> None:
    rows = "".join(inline(f"a{n % 50}", "2024", str(n), row=n + 2) for n in range(20_000))
    path = tmp_path / "file"
    path.write_bytes(crafted(inline("area", "period", "value", row=1) + rows))
    found, peak = _peak(path)
    assert found == "rows 20000 errors 0"
    assert peak < 200


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_but_never_break(data: bytes) -> None:
    for start in (
        b"",
        b"area,period,value\n",
        b"PK\x03\x04",
        b"GENESIS-Tabelle: 1\n",
        b"nr;2024\n",
    ):
        with suppress(FileRefused):
            read(start + data, HINTS)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=6))
def test_any_sheet_is_read_or_refused_but_never_breaks(rows: list[list[str]]) -> None:
    plain = [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
    with suppress(FileRefused):
        read(workbook(plain), HINTS)
