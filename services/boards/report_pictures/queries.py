"""Asking the indicators service for the drawing of a binding."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours, ask, ask_text
from services.boards.report_bindings.rules import Binding, Unresolved
from services.contracts.boards.report_editions import BindingKind, ShownPicture
from services.contracts.shared.access import Actor
from services.contracts.shared.base import GermanOrEnglish, Language

LANGUAGES: tuple[GermanOrEnglish, ...] = ("de", "en")
"""Reports are printed in these."""


class _Spec(BaseModel):
    title: dict[str, Any]
    description: str


async def drawn(
    session: AsyncSession,
    beside: Neighbours,
    reader: Actor,
    binding: Binding,
    release: int,
    languages: Sequence[GermanOrEnglish] = LANGUAGES,
) -> ShownPicture:
    """The drawing in each language with its words, as the reader gets it; raises Unresolved."""
    kind = "map" if binding.kind is BindingKind.map else binding["kind"] or "time-series"
    address = f"charts/{kind}"
    asked = {name: value for name, value in binding.asked if name != "kind"}
    asked |= {"indicator": binding.indicators[0], "as_of": str(binding.release or release)}
    if binding.areas:
        asked["area"] = ",".join(binding.areas)
    svg: dict[Language, str] = {}
    alt: dict[Language, str] = {}
    caption: dict[Language, str] = {}
    for language in languages:
        query = {**asked, "lang": language}
        words = {**query, "format": "vega-lite"}
        spec = await ask(session, beside.indicators, _Spec, address, words, reader)
        drawing = {**query, "format": "svg"}
        made = await ask_text(session, beside.indicators, address, drawing, reader)
        if spec is None or made is None:
            raise Unresolved("unknown", "The release holds nothing of that to draw.")
        svg[language], alt[language] = made, spec.description
        caption[language] = _caption(spec.title)
    return ShownPicture(svg=svg, alt=alt, caption=caption)


def _caption(title: dict[str, Any]) -> str:
    parts = []
    for name in ("text", "subtitle"):
        said = title.get(name) or ""
        parts.append(" ".join(said) if isinstance(said, list) else str(said))
    return " · ".join(part for part in parts if part)
