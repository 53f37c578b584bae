"""Breakdowns of figures (Merkmale und Ausprägungen) and the one text that names them."""

import re
from collections.abc import Mapping

CODE = re.compile(r"[A-Za-z0-9_.\-]{1,40}")
"""A code of an area, a variable or an attribute: no blank, and nothing an address would escape."""


def canonical_breakdown(attributes: Mapping[str, str]) -> str:
    """The one text of a breakdown: {"GES": "GESM"} is "GES=GESM", and the total is ''.

    Parts are sorted by variable and joined with "&"; an empty attribute is a total and left out.
    ValueError for anything but codes.
    """
    parts = sorted((code, attribute) for code, attribute in attributes.items() if attribute)
    for code, attribute in parts:
        if not CODE.fullmatch(code) or not CODE.fullmatch(attribute):
            raise ValueError(f"{code[:40]!r}={attribute[:40]!r} are no codes")
    return "&".join(f"{code}={attribute}" for code, attribute in parts)


def attributes_of(breakdown: str) -> dict[str, str]:
    """The inverse of canonical_breakdown; ValueError for a text that is not canonical."""
    pairs = [part.partition("=") for part in breakdown.split("&")] if breakdown else []
    attributes = {code: attribute for code, _, attribute in pairs}
    if canonical_breakdown(attributes) != breakdown:
        raise ValueError(f"{breakdown[:80]!r} is not a canonical breakdown")
    return attributes
