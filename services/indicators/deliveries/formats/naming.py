"""The codes that labels stand for: by the code lists of a mapping, else derived and stable."""

from collections.abc import Mapping
from typing import Protocol

from services.contracts.indicators.mappings import UnknownCodes
from services.indicators.breakdowns import CODE
from services.indicators.deliveries.formats.figures import BadCell, Skipped, code_of
from services.indicators.deliveries.formats.slugs import distinct, is_total, slug

_LONGEST_LABEL = 300


class Listed(Protocol):
    """A column with its code list."""

    @property
    def name(self) -> str: ...

    @property
    def codes(self) -> Mapping[str, str]: ...

    @property
    def digits(self) -> int | None: ...


class Codes:
    """Turns the labels of one file into codes.

    What a code list holds is taken from it. Else a code stands for itself, the total of a
    dimension is '', and any other label is treated as `unknown` says: its derived code, a refusal,
    or its row left out. Of a dimension with a code list, codes that are not in it are unknown too.
    Strict refuses everything that is no code, as in files that have codes of their own; only an
    area may be named by its label there too.
    """

    def __init__(self, unknown: UnknownCodes | None, *, strict: bool = False) -> None:
        self._unknown = unknown or UnknownCodes.derive
        self._strict = strict
        self._derived: dict[tuple[str, str], str] = {}

    def code(self, column: Listed, text: str, dimension: str) -> str:
        """The code of a cell; `dimension` is '' for areas and measures."""
        text = text.strip()
        if text in column.codes:
            return column.codes[text]
        if column.digits and text.isdecimal():
            text = text.zfill(column.digits)
        if self._strict:
            return code_of(text, column.name)
        if dimension and is_total(text):
            return ""
        listed = bool(dimension and column.codes)
        if not listed and CODE.fullmatch(text):
            return self._derive(dimension, text, slug_of_code(text))
        if self._unknown is UnknownCodes.skip:
            raise Skipped
        if self._unknown is UnknownCodes.refuse:
            detail = f"{text[:40]!r} stands in no code list of the mapping"
            raise BadCell(column.name, "code_unknown", detail)
        if not text or len(text) > _LONGEST_LABEL:
            raise BadCell(column.name, "code_unreadable", f"{text[:40]!r} is no label")
        return self._derive(dimension, text, slug(text))

    def area(self, column: Listed, text: str) -> str:
        """The code of an area; where codes are expected, also of one named by its label.

        A name is no fault of the cell, but two areas may share it: it is told as an unknown area,
        with those that may be meant, and never taken for one of them.
        """
        label = text.strip()
        named = any(sign.isalpha() for sign in label) and not CODE.fullmatch(label)
        if self._strict and named and len(label) <= _LONGEST_LABEL:
            return distinct(label, slug(label))
        return self.code(column, text, "")

    def is_name(self, column: Listed, text: str, code: str) -> bool:
        """Was the code of this area derived from its name?"""
        text = text.strip()
        derived = code != text and text not in column.codes and not text.isdecimal()
        return derived and not self._strict

    def _derive(self, dimension: str, text: str, code: str) -> str:
        if self._derived.setdefault((dimension, code), text) != text:
            return distinct(text, code)
        return code


def slug_of_code(text: str) -> str:
    """A word is written as a label is, whatever signs the other labels of its list have.

    Codes with digits or capitals throughout, such as GESM or A05, stay as they are.
    """
    return text if text.upper() == text else slug(text)
