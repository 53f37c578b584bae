"""As whom the server runs: never as root, never with anyone else's files."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from services.kit.embedded import EmbeddedError, identity, places
from tests.support.embedded import SEARCH_PATH, ask, town

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def without_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    real = identity._substitutes
    monkeypatch.setattr(
        identity, "_substitutes", lambda: (i for i in real() if i.code.startswith("user:"))
    )


@as_root
def test_a_socket_folder_of_somebody_else_is_not_trusted(place: Path) -> None:
    (place / "theirs").mkdir()
    os.chown(place / "theirs", 65534, 65534)
    (place / "link").symlink_to(place)
    for folder in (place / "theirs", place / "link"):
        with pytest.raises(EmbeddedError, match="belongs to somebody else"):
            places.private(folder, 0)


@as_root
@pytest.mark.parametrize("uid", [65534, 54321], ids=["a normal user", "a user without a name"])
def test_the_server_runs_without_root(uid: int) -> None:
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    script = (
        "import sys; from pathlib import Path; from services.kit.embedded import *\n"
        "with EmbeddedServer(Path(sys.argv[1])) as server: print(server.version)"
    )
    with tempfile.TemporaryDirectory(prefix="pr", dir="/tmp") as folder:
        os.chown(folder, uid, uid)

        def run(*command: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [shutil.which(python, path="/usr/local/bin:/usr/bin") or sys.executable, *command],
                user=uid,
                group=uid,
                extra_groups=[],
                cwd=folder,
                env={"PYTHONPATH": SEARCH_PATH},
                capture_output=True,
                text=True,
                check=False,
            )

        try:
            reachable = run("-c", "import services.kit.embedded").returncode == 0
        except PermissionError:
            reachable = False
        if not reachable:
            pytest.skip("this checkout or its Python cannot be read by other users")
        done = run("-c", script, f"{folder}/town")
        if "has no name" in done.stderr:
            pytest.skip("user namespaces are blocked on this machine")
        assert (done.returncode, done.stderr) == (0, "")


@as_root
def test_root_hands_the_town_to_an_unprivileged_user_where_namespaces_are_blocked(
    existing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    existing.parent.chmod(0o711)
    with monkeypatch.context() as blocked:
        without_namespaces(blocked)
        with town(existing) as server:
            assert ask(server, "SELECT count(*) FROM district") == 2
            owner = psutil.Process(server.pid).uids().real
            assert pwd.getpwuid(owner).pw_name in identity.UNPRIVILEGED
            assert (existing / "data").stat().st_uid == owner
    with town(existing) as server:
        assert ask(server, "SELECT count(*) FROM district") == 2


@as_root
def test_root_is_told_when_no_unprivileged_user_reaches_the_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_namespaces(monkeypatch)
    place.chmod(0o700)
    with pytest.raises(EmbeddedError, match="Run as a normal user"):
        town(place / "town").start()
