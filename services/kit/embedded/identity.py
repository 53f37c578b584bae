"""As whom PostgreSQL runs. It refuses to run as root, and initdb refuses a user without a name.

No user is created and no permission of existing folders is widened. On Linux a user namespace lets
the server see itself as an ordinary user while its files stay with whoever started it. Where
namespaces are blocked (many containers), root hands the directory to an existing unprivileged user.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from services.kit.embedded.errors import EmbeddedError

WARDEN = Path(__file__).with_name("warden.py")
UNPRIVILEGED = ("postgres", "_postgres", "nobody")
ENVIRONMENT = {
    "LC_ALL": "C",
    "PATH": "/usr/bin:/bin",
    "TZ": "UTC",
    **{name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
}


@dataclass(frozen=True)
class Identity:
    """`code` tells the warden what to become, `owner` is the user id that owns the files."""

    code: str
    owner: int

    def command(self, directory: Path, *command: Path | str, watch: bool = False) -> list[str]:
        """The command line that runs `command` under this identity, tied to our life."""
        how = "watch" if watch else "exec"
        warden = [sys.executable, "-I", "-S", str(WARDEN), str(os.getpid()), how]
        return [*warden, self.code, str(directory), *map(str, command)]

    def run(
        self, directory: Path, *command: Path | str, keep: tuple[int, ...] = (), text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` to its end with `text` as input and the descriptors `keep` open."""
        return subprocess.run(
            self.command(directory, *command),
            env=ENVIRONMENT,
            input=text,
            capture_output=True,
            text=True,
            pass_fds=keep,
            check=False,
        )


def choose_identity(directory: Path, postgres: Path) -> Identity:
    """The first identity that PostgreSQL accepts and that reaches the directory and the binary."""
    if os.geteuid() != 0 and _has_name(os.geteuid()):
        return Identity("", os.geteuid())
    for identity in _substitutes():
        if _reaches(identity, directory, postgres):
            return identity
    if os.geteuid() == 0:
        raise EmbeddedError(
            "PostgreSQL does not run as root, user namespaces are blocked here, and no unprivileged"
            f" user reaches {directory} and {postgres}.\n"
            "Run as a normal user, choose folders that every user can reach, or set DATABASE_URL."
        )
    raise EmbeddedError(
        f"The user id {os.geteuid()} has no name on this machine, and PostgreSQL needs one.\n"
        "Add it to /etc/passwd, run as another user, or set DATABASE_URL."
    )


def _substitutes() -> Iterator[Identity]:
    known = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    if sys.platform == "linux" and known:
        inside = known.get("nobody") or next(iter(known.values()))
        yield Identity(f"namespace:{inside.pw_uid}", os.geteuid())
    if os.geteuid() == 0:
        for entry in (known[name] for name in UNPRIVILEGED if name in known):
            yield Identity(f"user:{entry.pw_uid}:{entry.pw_gid}", entry.pw_uid)


def _reaches(identity: Identity, directory: Path, postgres: Path) -> bool:
    # The directory itself changes hands later, so what counts is the way to it.
    place = directory if identity.owner == os.geteuid() else directory.parent
    return identity.run(place, postgres, "--version").returncode == 0


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False
