"""Stable codes for labels of tables that have no codes of their own."""

import re
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

_LONGEST = 40
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_TOTALS = frozenset({"insgesamt", "zusammen", "gesamt", "summe", "total", "_t"})


@lru_cache(maxsize=4096)
def slug(label: str, longest: int = _LONGEST) -> str:
    """The code of a label: `männlich` is `maennlich`, `unter 1 Jahr` is `unter-1-jahr`.

    A code is at most `longest` signs long; the end of a longer one gives way to a digest of the
    label. A label without letters and digits is its digest.
    """
    plain = normalize("NFC", label).strip().casefold().translate(_LETTERS)
    plain = normalize("NFKD", plain).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if 0 < len(code) <= longest:
        return code
    return distinct(label, code, longest)


def distinct(label: str, code: str, longest: int = _LONGEST) -> str:
    """The code with a digest of its label: for two labels that would have the same code."""
    digest = sha256(label.strip().encode("utf-8", "replace")).hexdigest()[:8]
    return f"{code[: longest - 9].rstrip('-')}-{digest}".lstrip("-")


def is_total(label: str) -> bool:
    """Does the label stand for everything (insgesamt, zusammen, total)?"""
    return label.strip().casefold() in _TOTALS
