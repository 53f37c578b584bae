"""How the content of a report is held together: pure functions."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_markup.rules import Place, refused
from services.contracts.boards.report_editions import (
    Bound,
    ReportContent,
    ShownEntry,
    ShownFigure,
    ShownPicture,
    ShownTarget,
)


def bound(
    binding: Binding,
    *,
    figures: Sequence[ShownFigure] = (),
    picture: ShownPicture | None = None,
    entries: Sequence[ShownEntry] = (),
    targets: Sequence[ShownTarget] = (),
) -> Bound:
    """What a binding stands for."""
    return Bound(
        kind=binding.kind, figures=figures, picture=picture, entries=entries, targets=targets
    )


def check_all(named: Sequence[Place], found: Mapping[Binding, Bound | Unresolved]) -> None:
    """Refuse (422, a pointer each) a report of which a binding stands for nothing."""
    faults = [
        place.fault(why.code, why.detail)
        for place in named
        if isinstance(why := found[place.binding], Unresolved)
    ]
    if faults:
        raise refused("Not all bindings stand for something", faults)


def frozen(content: ReportContent) -> tuple[str, dict[str, Any]]:
    """The content as JSON, and its digest."""
    told = content.model_dump(mode="json")
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest(), told
