"""What a PDF says to programs that read it aloud."""

from typing import Any

from pypdf.generic import PdfObject


def structure(element: Any) -> dict[str, set[str]]:
    """The tags below an element, and of which scope those of headings of tables are."""
    found: dict[str, set[str]] = {}
    waiting = [element]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if isinstance(one, PdfObject) else one
        if not isinstance(one, dict):
            continue
        if "/S" in one:
            scopes = {str(part["/Scope"]) for part in several(one.get("/A")) if "/Scope" in part}
            found.setdefault(str(one["/S"]), set()).update(scopes)
        waiting += several(one.get("/K"))
    return found


def several(value: Any) -> list[Any]:
    """What may be nothing, one or many, each behind a reference or not."""
    there = value.get_object() if isinstance(value, PdfObject) else value
    parts = there if isinstance(there, list) else [] if there is None else [there]
    return [part.get_object() if isinstance(part, PdfObject) else part for part in parts]
