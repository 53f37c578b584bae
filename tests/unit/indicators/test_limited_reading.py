"""A file is read in a process of its own, that has limits, no secrets, and an end."""

import asyncio
import os
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest

from services.contracts.indicators.mappings import FileLayout
from services.indicators.deliveries.formats import (
    FileRefused,
    Hints,
    Limits,
    Summary,
    parse,
    parse_limited,
    recognise,
    recognise_limited,
)
from tests.unit.indicators.samples import flat_file, flat_row, zipped
from tests.unit.indicators.workbooks import TIDY_ROWS, crafted

ROWS = b"area,period,x,value\n" + b"".join(b"a%d,2024,k%d,%d\n" % (n % 99, n, n) for n in range(9))
LARGE = b"area,period,x,value\n" + b"".join(
    b"a%d,2024,,%d\n" % (n % 9, n * n) for n in range(30_000)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


def put(file: Path, data: bytes) -> None:
    file.write_bytes(data)


async def limited(
    file: Path, hints: Hints | None = None, limits: Limits | None = None
) -> tuple[bytes, Summary]:
    async with parse_limited(file, hints, limits) as reading:
        rows = b"".join([piece async for piece in reading.rows])
    return rows, reading.summary()


async def refusal(file: Path, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        await limited(file, None, limits)
    return refused.value


@pytest.mark.parametrize(
    "data",
    [ROWS, LARGE, zipped(LARGE), zipped(flat_file(flat_row("7"))), crafted(TIDY_ROWS)],
    ids=["small", "large", "zip", "small zip", "workbook"],
)
async def test_the_process_reads_what_we_would_read(file: Path, data: bytes) -> None:
    put(file, data)
    out = BytesIO()
    summary = parse(file, out)
    assert await limited(file) == (out.getvalue(), summary)
    assert await recognise_limited(file) == recognise(file)


async def test_the_process_is_told_the_mapping_and_the_hints(file: Path) -> None:
    table = b"nr;men\n" + b"1;2\n" * 100_000
    put(file, table)
    found = recognise(file)
    layout = FileLayout.model_validate(
        {
            "fingerprint": found.fingerprint,
            "columns": [
                {"name": "nr", "role": "area", "codes": {"1": "jena"}},
                {"name": "men", "role": "value", "measure": "maenner", "factor": "2.5"},
            ],
        }
    )
    rows, summary = await limited(file, Hints(known={"mine": layout}, period="2024", most=10))
    assert summary.mapping == "mine"
    assert summary.places[0].code == "jena"
    assert summary.measures[0].measure == "maenner"
    assert rows.startswith(b"2\t0\t0\t0\t0\t5.0\tnormal\tf\tf\n")
    assert summary.rows < 5_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7" + b"0" * 500_000, "not_text"),
        (b"PK\x03\x04 and no more", "archive"),
        (zipped(b"area,period,value\n" + b"0" * 5_000_000), "too_large"),
        (LARGE + b'"', "csv"),
    ],
)
async def test_a_refusal_comes_out_of_the_process(file: Path, data: bytes, code: str) -> None:
    put(file, data)
    assert (await refusal(file)).code == code


async def test_memory_computing_and_waiting_have_their_limits(file: Path) -> None:
    put(file, LARGE * 30)
    assert (await refusal(file, Limits(memory=30_000_000))).code == "too_complex"
    assert (await refusal(file, Limits(seconds=0))).code == "too_slow"


async def test_computing_without_end_is_ended(file: Path) -> None:
    put(file, b"area,period,value\n" + b"a1,2024,7\n" * 6_000_000)
    assert (await refusal(file, Limits(cpu_seconds=1, rows=10**9))).code == "too_slow"


def children() -> dict[int, bytes]:
    """Our children and what is in their environment."""
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found[int(process.name)] = (process / "environ").read_bytes()
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="told by Linux only")
async def test_the_process_knows_no_secret_and_ends_with_the_request(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANRAUM_INTERNAL_KEY", "a secret")
    put(file, LARGE * 20)
    before = children()
    async with parse_limited(file) as reading:
        assert await anext(aiter(reading.rows))
        started = {pid: told for pid, told in children().items() if pid not in before}
        assert len(started) == 1
        assert b"secret" not in b"".join(started.values())
    assert not children().keys() & started.keys()
    with pytest.raises(RuntimeError):
        reading.summary()


async def test_a_request_that_goes_away_takes_the_process_with_it(file: Path) -> None:
    put(file, LARGE * 20)
    reached = asyncio.Event()

    async def read() -> None:
        async with parse_limited(file) as reading:
            rows: AsyncIterator[bytes] = reading.rows
            async for _ in rows:
                reached.set()
                await asyncio.sleep(3600)

    before = children().keys()
    task = asyncio.create_task(read())
    await reached.wait()
    assert children().keys() - before
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not children().keys() - before
