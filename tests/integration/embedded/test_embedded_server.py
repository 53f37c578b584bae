"""What the embedded PostgreSQL promises a municipality that installs nothing else."""

import os
import stat
from pathlib import Path

import asyncpg
import psutil
import pytest

from services.kit.embedded import EmbeddedError, InUse, WrongMajor, find_binaries, places
from tests.support.embedded import PG_BIN, alive, ask, town


def test_a_new_town_gets_a_database_that_knows_its_umlauts(place: Path) -> None:
    with town(place / "new" / "town") as server:
        assert ask(server, "SELECT current_database() || ' ' || current_user") == (
            "planraum planraum"
        )
        assert ask(server, "SHOW server_encoding") == "UTF8"
        assert ask(server, "SHOW data_checksums") == "on"
        assert ask(server, "SELECT lower('KÄTHE-STRAẞE Ö')") == "käthe-straße ö"
        assert ask(server, "SHOW server_version").startswith(server.version)
        assert stat.S_IMODE(server.directory.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700


def test_a_second_start_finds_the_districts_again(settled: Path) -> None:
    with town(settled) as server:
        assert ask(server, "SELECT count(*) FROM district") == 2


def test_starting_and_stopping_twice_changes_nothing(settled: Path) -> None:
    server = town(settled)
    postmaster = server.start().pid
    assert server.start().pid == postmaster
    server.stop()
    server.stop()
    assert not alive(postmaster)


def test_nobody_reaches_the_server_over_the_network(settled: Path) -> None:
    with town(settled) as server:
        kinds = {
            connection.family.name for connection in psutil.Process(server.pid).net_connections()
        }
        assert not kinds & {"AF_INET", "AF_INET6"}


def test_a_small_machine_is_not_filled_with_processes(settled: Path) -> None:
    with town(settled) as server:
        assert len(psutil.Process(server.pid).children()) <= 4


def test_committed_rows_reach_the_disk_unless_a_test_says_otherwise(settled: Path) -> None:
    with town(settled, settings={}) as server:
        for promise in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            assert ask(server, f"SHOW {promise}") == "on"
    with town(settled, settings={"fsync": "off"}) as server:
        assert ask(server, "SHOW fsync") == "off"


def test_a_second_program_is_told_that_the_directory_is_in_use(settled: Path) -> None:
    with town(settled) as first:
        with pytest.raises(InUse, match="in use by a running server") as refusal:
            town(settled, wait=0).start()
        assert str(settled) in str(refusal.value)
        assert ask(first, "SELECT count(*) FROM district") == 2


def test_data_of_another_major_version_is_left_alone(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(WrongMajor) as refusal:
        town(place).start()
    assert "written by PostgreSQL 14" in str(refusal.value)
    assert str(find_binaries(PG_BIN)) in str(refusal.value)
    assert sorted(path.name for path in (place / "data").iterdir()) == ["PG_VERSION"]


@pytest.mark.parametrize("kind", ["a file", "somebody's data"])
def test_a_directory_that_holds_something_else_is_refused(place: Path, kind: str) -> None:
    directory = place / "town"
    if kind == "a file":
        directory.write_text("minutes")
    else:
        (directory / "data").mkdir(parents=True)
        (directory / "data" / "minutes.txt").write_text("minutes")
    with pytest.raises(EmbeddedError, match="cannot be used"):
        town(directory).start()


def test_a_setting_the_server_refuses_is_named_and_nothing_stays_behind(settled: Path) -> None:
    with pytest.raises(EmbeddedError, match="shared_buffers"):
        town(settled, settings={"shared_buffers": "plenty"}).start()
    with town(settled, wait=0) as server:
        assert ask(server, "SELECT count(*) FROM district") == 2


@pytest.mark.parametrize("name", ["Landratsamt-" * 10, "Jena, Thüringen", "Bürger: + ?&%41#"])
def test_any_folder_name_gives_an_address_drivers_understand(
    settled: Path, place: Path, name: str
) -> None:
    directory = place / name
    directory.symlink_to(settled)
    with town(directory) as server:
        assert ask(server, "SELECT count(*) FROM district") == 2
        assert stat.S_IMODE(server.socket_directory.stat().st_mode) == 0o700
    if server.socket_directory.parent != directory:
        server.socket_directory.rmdir()


def test_a_log_that_grew_too_large_is_put_aside(settled: Path) -> None:
    os.truncate(settled / "log", places.LARGEST_LOG + 1)
    with town(settled):
        assert (settled / "log").stat().st_size < 10_000
    assert (settled / "log.1").stat().st_size > places.LARGEST_LOG


def test_the_log_does_not_repeat_what_people_typed(settled: Path) -> None:
    with town(settled) as server, pytest.raises(asyncpg.DataError):
        ask(server, "SELECT 'a citizen'::int")
    assert "citizen" not in (settled / "log").read_text()
