"""The embedded server: first use, start, stop."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from services.kit.embedded import places
from services.kit.embedded.binaries import find_binaries, major_of, version_of
from services.kit.embedded.errors import EmbeddedError, WrongMajor
from services.kit.embedded.identity import ENVIRONMENT, Identity, choose_identity

PATIENCE = 60.0  # seconds for a fast shutdown; after that the next start replays the log
# COLLATE C sorts alike on every system and version; the character type must still know umlauts.
CHARACTER_TYPE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # only names the socket; PGPORT must not change it
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_worker_processes": "4",
    "max_logical_replication_workers": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A refused statement quotes what people typed; the program reports it, the log must not.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
}


class EmbeddedServer:
    """A PostgreSQL server in `directory`, alive as long as this program.

    directory/ holds lock, data/, s/ (the socket) and log. `pg_bin` chooses the binaries, `settings`
    overrides server settings, `wait` is how many seconds to wait for a server that is just ending.
    When the program dies, even by SIGKILL, the server shuts down by itself.
    """

    pid: int
    """Process id of the postmaster."""
    version: str
    """Version of the server, such as "18.6"."""
    socket_directory: Path
    """Folder of the Unix socket; only the owner can enter it."""

    def __init__(
        self,
        directory: Path,
        *,
        pg_bin: Path | None = None,
        settings: Mapping[str, str] | None = None,
        wait: float = 5.0,
    ) -> None:
        self.directory = Path(os.path.abspath(directory))
        self._data = self.directory / "data"
        self._pg_bin = pg_bin
        self._settings = dict(settings or {})
        self._wait = wait
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start the server and return when it takes connections; a second call changes nothing.

        Refuses with InUse, WrongMajor, NoBinaries or EmbeddedError; nothing is left running then.
        """
        if self._process is not None and self._process.poll() is None:
            return self
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = places.take_lock(self.directory, self._wait)
            try:
                self._start(lock)
            finally:
                os.close(lock)
        except BaseException as broken:
            self.stop()
            if isinstance(broken, OSError):
                raise EmbeddedError(
                    f"{self.directory} cannot be used: {broken}.\n"
                    "Choose another directory (PLANRAUM_DATA_DIR) or set DATABASE_URL."
                ) from broken
            raise
        return self

    def stop(self) -> None:
        """End all sessions and the server, and wait for it. Safe to call twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()
        if process.stdin:
            process.stdin.close()

    def url(self, database: str = "planraum", user: str = "planraum") -> str:
        """The address as a libpq URL, for drivers that take `postgresql://`."""
        host = quote(str(self.socket_directory), safe="/")
        name, person = quote(database, safe=""), quote(user, safe="")
        return f"postgresql://{person}@/{name}?host={host}&port=5432"

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _start(self, lock: int) -> None:
        binaries = self._binaries()
        self.version = version_of(binaries) or ""
        identity = choose_identity(self.directory, binaries / "postgres")
        places.give(self.directory, identity.owner)
        if not (self._data / "PG_VERSION").exists():
            self._initialise(binaries, identity, lock)
        self.socket_directory = places.socket_directory(self.directory, identity.owner)
        # We hold the lock, so no server runs: these are left over and may name a foreign process.
        for left_over in (*self.socket_directory.glob(".s.PGSQL.*"), self._data / "postmaster.pid"):
            left_over.unlink(missing_ok=True)
        before = self._launch(binaries, identity, lock)
        self.pid = self._wait_until_ready(before)

    def _binaries(self) -> Path:
        written_by = self._data / "PG_VERSION"
        major = major_of(written_by.read_text()) if written_by.exists() else None
        try:
            return find_binaries(self._pg_bin, major)
        except WrongMajor as wrong:
            raise WrongMajor(f"{self._data}: {wrong}") from None

    def _initialise(self, binaries: Path, identity: Identity, lock: int) -> None:
        if self._data.exists():
            self._data.rmdir()  # accepts an empty folder, refuses what somebody else keeps there
        new = self.directory / "data.new"
        shutil.rmtree(new, ignore_errors=True)
        initdb: list[Path | str] = [binaries / "initdb", "-D", new, "-U", "planraum", "-k"]
        initdb += ["-E", "UTF8", "--locale=C", f"--lc-ctype={CHARACTER_TYPE}", "--no-instructions"]
        initdb += ["--auth-local=trust", "--auth-host=reject"]  # the socket's folder is the guard
        single: list[Path | str] = [binaries / "postgres", "--single", "-D", new]
        single += ["-c", "exit_on_error=on", "template1"]
        create = "CREATE DATABASE planraum TEMPLATE template0 ENCODING 'UTF8'\n"
        for command, text in ((initdb, ""), (single, create)):
            done = identity.run(self.directory, *command, keep=(lock,), text=text)
            if done.returncode != 0:
                raise EmbeddedError(
                    f"PostgreSQL could not initialise {self.directory}: {done.stderr.strip()}"
                )
        new.rename(self._data)  # in one step: a half-made cluster is never seen
        descriptor = os.open(self.directory, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    def _launch(self, binaries: Path, identity: Identity, lock: int) -> int:
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_directory)}
        if major_of(self.version) >= 18:
            settings["io_method"] = "sync"  # no worker processes for reading
        options = [f"--{name}={value}" for name, value in (settings | self._settings).items()]
        # The kernel's parent-death signal follows the thread that forked; only the main one lasts.
        kernel = sys.platform == "linux" and threading.current_thread() is threading.main_thread()
        postgres: list[Path | str] = [binaries / "postgres", "-D", self._data, *options]
        log = places.open_log(self.directory)
        before = os.fstat(log).st_size
        try:
            self._process = subprocess.Popen(
                identity.command(self.directory, *postgres, watch=not kernel),
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL if kernel else subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                start_new_session=True,  # Ctrl-C in the terminal is for the program alone
            )
        finally:
            os.close(log)
        return before

    def _wait_until_ready(self, before: int) -> int:
        # No time limit: after a crash the server replays its log for as long as that takes.
        state = self._data / "postmaster.pid"
        while self._process is not None and self._process.poll() is None:
            lines = state.read_bytes().split() if state.exists() else []
            if lines[-1:] == [b"ready"]:
                return int(lines[0])
            time.sleep(0.01)
        log = self.directory / "log"
        told = log.read_bytes()[before:].decode(errors="replace").splitlines() or [
            "no reason given"
        ]
        reason = next((line for line in told if "FATAL" in line), told[-1])
        raise EmbeddedError(f"PostgreSQL did not start: {reason}\nThe whole log: {log}")
