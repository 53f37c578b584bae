"""The platform as people run it: one process, or four with their own database roles."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from services.bench.programs import Program, free_port
from services.contracts.shared.access import Role
from services.gateway import local_tokens
from services.kit.settings import Settings

SERVICES = ("indicators", "boards", "projects")
KEY = "an internal key for the tests alone, long enough"
_QUICK = {
    "PLANRAUM_RATE_LIMIT": "1000000",
    "PLANRAUM_WEBHOOK_ALLOW": "127.0.0.1",
    "PLANRAUM_JOB_PATIENCE": "2",
    "PLANRAUM_BACKGROUND_MEGABYTES": "1",
}
"""Quick to notice that a job was left behind; large is what is a few megabytes."""
CERTIFICATES = ssl.create_default_context()
"""Of all clients; each would read the authorities of the world for itself."""


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
        return httpx.Client(
            base_url=self.url, headers=headers, timeout=30, trust_env=False, verify=CERTIFICATES
        )


@contextmanager
def one_process(database_url: str, folder: Path, **more: str) -> Iterator[Deployment]:
    """Everything in one process, as `make up` runs it."""
    port = free_port()
    environment = {
        "DATABASE_URL": database_url,
        "PLANRAUM_DATA_DIR": str(folder),
        "PLANRAUM_PORT": str(port),
        **_QUICK,
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
        **_QUICK,
        "PLANRAUM_PUBLIC_URL": f"http://127.0.0.1:{ports['gateway']}",
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
