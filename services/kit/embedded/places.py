"""The directory of an embedded server: lock, data/, s/ (socket), log."""

import fcntl
import hashlib
import os
import stat
import time
from pathlib import Path

from services.kit.embedded.errors import EmbeddedError, InUse

LONGEST_SOCKET = 100  # bytes; systems allow 103 (macOS) to 107 (Linux)
SOCKET_NAME = ".s.PGSQL.5432"
LARGEST_LOG = 10 * 1024 * 1024


def take_lock(directory: Path, wait: float) -> int:
    """Lock the directory and return the open lock file.

    The lock belongs to the open file, and the server with all its processes inherits it: it is
    free exactly when none of them is left, whatever became of the program that started them.
    Refuses with InUse after `wait` seconds.
    """
    lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > end:
                os.close(lock)
                raise InUse(
                    f"{directory} is in use by a running server.\n"
                    "Stop that one first, or choose another directory (PLANRAUM_DATA_DIR)."
                ) from None
            time.sleep(0.02)


def private(folder: Path, owner: int) -> Path:
    """Make or accept a folder that only `owner` (user id) can enter; refuse anyone else's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.geteuid()):
        raise EmbeddedError(f"{folder} belongs to somebody else.\nRemove it, then start again.")
    if found.st_uid != owner:
        os.chown(folder, owner, -1)
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


def give(directory: Path, owner: int) -> None:
    """Hand the directory with everything in it to `owner` (user id). Only root needs to."""
    if os.geteuid() != 0 or all(
        path.lstat().st_uid == owner
        for path in (directory, directory / "data" / "PG_VERSION")
        if path.exists()
    ):
        return
    # Contents first: a hand-over cut short leaves the top with its old owner and starts anew.
    for folder, folders, files in os.walk(directory, topdown=False):
        for name in folders + files:
            os.chown(os.path.join(folder, name), owner, -1, follow_symlinks=False)
    os.chown(directory, owner, -1)


def socket_directory(directory: Path, owner: int) -> Path:
    """The private folder of the Unix socket: s/ inside, or a short one when the path is too long.

    Drivers split hosts at a comma or a colon, so such a path takes the short one too.
    """
    inside = directory / "s"
    awkward = any(character in str(inside) for character in ",:\"'")
    if not awkward and _fits(inside):
        return private(inside, owner)
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    name = f"planraum-{owner}-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and owner == os.geteuid() and Path(runtime).is_dir():
        short = Path(runtime).resolve() / name
        if _fits(short):
            return private(short, owner)
    return private(Path("/tmp") / name, owner)


def open_log(directory: Path) -> int:
    """Open the server's log for appending; one that grew past 10 MB becomes log.1 first."""
    log = directory / "log"
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(directory / "log.1")
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET
