"""The platform as people run it: one process, or four with their own database roles."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from services.contracts.shared.access import Role
from services.gateway import local_tokens
from services.kit.settings import Settings

SERVICES = ("indicators", "boards", "projects")
KEY = "an internal key for the tests alone, long enough"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Program:
    """One `planraum` program that we started, and may end by its id."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "services", *self.arguments],
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait(self, path: str = "/readyz", seconds: float = 60) -> None:
        """Until it answers; a program that ends instead shows its last words."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            try:
                if httpx.get(self.url + path, timeout=2, trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{self.arguments} did not get ready: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it as Ctrl-C does; its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode


@dataclass
class Deployment:
    """A running platform; `programs` by name: `gateway` alone, or the four."""

    name: str
    programs: dict[str, Program]
    data_dir: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.programs["gateway"].url

    def token(self, *roles: str, municipality: str = "*", subject: str = "developer") -> str:
        """A development token, as `planraum token` makes it."""
        given = Settings(data_dir=self.data_dir)
        held = [Role(role) for role in roles]
        return local_tokens.mint(given, municipality, held, subject, 3600)

    def client(self, *roles: str, subject: str = "developer", **more: str) -> httpx.Client:
        """A client of the gateway, with a token for these roles; anonymous without."""
        headers = {}
        if roles:
            headers["Authorization"] = f"Bearer {self.token(*roles, subject=subject, **more)}"
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)


@contextmanager
def one_process(database_url: str, folder: Path, **more: str) -> Iterator[Deployment]:
    """Everything in one process, as `make up` runs it."""
    port = free_port()
    environment = {
        "DATABASE_URL": database_url,
        "PLANRAUM_DATA_DIR": str(folder),
        "PLANRAUM_PORT": str(port),
        "PLANRAUM_RATE_LIMIT": "1000000",
        **more,
    }
    program = Program(("up", "--no-demo"), environment, port, folder / "up.log")
    with _running(Deployment("one process", {"gateway": program}, folder, environment)) as made:
        yield made


@contextmanager
def four_processes(database_url: str, folder: Path, **more: str) -> Iterator[Deployment]:
    """Four processes; each logs in to PostgreSQL as the role of its own service."""
    ports = {name: free_port() for name in (*SERVICES, "gateway")}
    shared = {
        "PLANRAUM_DATA_DIR": str(folder),
        "PLANRAUM_INTERNAL_KEY": KEY,
        "PLANRAUM_RATE_LIMIT": "1000000",
        **{f"PLANRAUM_{name.upper()}_URL": f"http://127.0.0.1:{ports[name]}" for name in SERVICES},
        **more,
    }
    programs = {
        name: Program(
            ("serve", name),
            {
                **shared,
                "DATABASE_URL": database_url.replace("//planraum@", f"//planraum_{name}@"),
                "PLANRAUM_PORT": str(port),
            },
            port,
            folder / f"{name}.log",
        )
        for name, port in ports.items()
    }
    with _running(Deployment("four processes", programs, folder, shared)) as made:
        yield made


@contextmanager
def _running(deployment: Deployment) -> Iterator[Deployment]:
    try:
        for program in deployment.programs.values():
            program.start()
        for program in deployment.programs.values():
            program.wait()
        yield deployment
    finally:
        for program in deployment.programs.values():
            if program.process is not None:
                program.stop()
