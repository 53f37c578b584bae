"""planraum openapi: the committed API documents."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import SecretStr

from services.commands.surroundings import console
from services.kit.settings import Settings

FOLDER = Path(__file__).parents[2] / "openapi"


def documents() -> dict[str, dict[str, Any]]:
    """The documents of the four deployables and their union, as the code describes itself now."""
    from services.gateway import document
    from services.platform import OneProcess

    settings = Settings(
        internal_key=SecretStr("only to describe the platform, never to sign"), demo=False
    )
    platform = OneProcess(settings, "postgresql://nobody@/none")
    made = {name: app.openapi() for name, app in platform.services.items()}
    made["gateway"] = platform.gateway.inner.openapi()
    return {**made, "platform": document.union(made)}


def committed() -> dict[str, dict[str, Any]]:
    """The documents as they were reviewed."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def written(made: dict[str, Any]) -> str:
    """A document as it is committed."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def run(
    check: Annotated[bool, typer.Option("--check", help="Only say if they are fresh.")] = False,
) -> None:
    """Write openapi/*.json; the difference is part of the review."""
    stale = []
    for name, made in documents().items():
        path = FOLDER / f"{name}.json"
        if path.exists() and path.read_text() == written(made):
            continue
        stale.append(path.name)
        if not check:
            path.write_text(written(made))
    console.print(f"Stale: {', '.join(stale)}" if stale else "The API documents are fresh.")
    raise typer.Exit(1 if check and stale else 0)
