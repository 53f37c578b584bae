"""Killing the program or the server loses nothing that was answered."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.embedded import PG_BIN, SEARCH_PATH, alive, ask, town

BOARD_OFFICE = """
import asyncio, sys, threading
from pathlib import Path
import asyncpg
from services.kit.embedded import EmbeddedServer

server = EmbeddedServer(Path(sys.argv[1]), pg_bin=Path(sys.argv[3]) if sys.argv[3:] else None)
if sys.argv[2] == "thread":
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
else:
    server.start()
print(server.pid, flush=True)

async def adopt():
    office = await asyncpg.connect(server.url())
    await office.execute("CREATE TABLE resolution (number int PRIMARY KEY)")
    for number in range(1, 1_000_000):
        await office.execute("INSERT INTO resolution VALUES ($1)", number)
        print(number, flush=True)

asyncio.run(adopt())
"""


def board_office(directory: Path, how: str) -> subprocess.Popen[str]:
    chosen = [str(PG_BIN)] if PG_BIN else []
    return subprocess.Popen(
        [sys.executable, "-c", BOARD_OFFICE, str(directory), how, *chosen],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": SEARCH_PATH},
    )


def adopted(office: subprocess.Popen[str], until: int) -> tuple[int, int]:
    """Kill the office after `until` resolutions: its postmaster and the last one it was told of."""
    assert office.stdout
    postmaster = int(office.stdout.readline())
    while int(office.stdout.readline()) < until:
        pass
    office.kill()
    last = [until, *map(int, office.stdout.read().splitlines())][-1]
    office.wait()
    office.stdout.close()
    return postmaster, last


@pytest.mark.parametrize("how", ["main", "thread"])
def test_no_adopted_resolution_is_lost_when_the_program_is_killed(existing: Path, how: str) -> None:
    postmaster, last = adopted(board_office(existing, how), until=100)
    with town(existing, wait=20) as server:
        assert not alive(postmaster)
        assert ask(server, f"SELECT count(*) FROM resolution WHERE number <= {last}") == last


def test_a_program_killed_while_founding_the_town_can_start_over(place: Path) -> None:
    office = board_office(place / "town", "main")
    while not (place / "town" / "data.new").exists():
        assert office.poll() is None
    office.kill()
    office.communicate()
    with town(place / "town", wait=20) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_killed_server_whose_number_another_process_got_starts_again(existing: Path) -> None:
    server = town(existing, settings={}).start()
    ask(server, "INSERT INTO district VALUES ('Nord')")
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    state = existing / "data" / "postmaster.pid"
    state.write_text("\n".join([str(os.getppid()), *state.read_text().splitlines()[1:]]) + "\n")
    with server:
        assert ask(server, "SELECT count(*) FROM district") == 3


def test_a_half_made_town_is_thrown_away(place: Path) -> None:
    (place / "data.new").mkdir()
    (place / "data.new" / "PG_VERSION").write_text("half")
    with town(place) as server:
        assert ask(server, "SELECT 1") == 1
    assert not (place / "data.new").exists()
