"""What is different between two editions of a report (Unterschiede zweier Ausfertigungen)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import Field

from services.contracts.boards.report_editions import (
    BindingKind,
    ShownEntry,
    ShownFigure,
    ShownTarget,
)
from services.contracts.boards.versions import Piece
from services.contracts.shared.base import Answer, Key, Language, Texts, example


class ReportPartState(StrEnum):
    """What became of a chapter from one edition to the other (Änderung eines Kapitels)."""

    added = "added"
    removed = "removed"
    changed = "changed"


class ChapterDifference(Answer):
    """A chapter whose words changed; bindings stand in it as they are written."""

    state: ReportPartState
    title: Mapping[Language, Sequence[Piece]]
    text: Mapping[Language, Sequence[Piece]]


class FigureDifference(Answer):
    """A figure that is another one."""

    binding: str = Field(description="The binding that it stands for.")
    before: ShownFigure | None = Field(description="Null: it was not there.")
    after: ShownFigure | None = Field(description="Null: it is no longer there.")


class EntryDifference(Answer):
    """An entry of a list that came, went, or is otherwise."""

    binding: str = Field(description="The binding that it stands for.")
    kind: BindingKind
    before: ShownEntry | None = Field(description="Null: it was not there.")
    after: ShownEntry | None = Field(description="Null: it is no longer there.")


class TargetDifference(Answer):
    """A target of a measure, or what became of it, that came, went, or is otherwise."""

    binding: str = Field(description="The binding that it stands for.")
    before: ShownTarget | None = Field(description="Null: it was not there.")
    after: ShownTarget | None = Field(description="Null: it is no longer there.")


class PictureDifference(Answer):
    """A chart or map that is drawn otherwise, if only of another release."""

    binding: str = Field(description="The binding that it stands for.")
    caption: Texts


class ReportDifference(Answer):
    """What is different between two editions; what did not change is left out."""

    model_config = example(
        report="armutsbericht-2026",
        before=1,
        after=2,
        title={"de": [{"kind": "same", "text": "Armutsbericht der Stadt Jena 2026"}]},
        chapters=[],
        figures=[],
        entries=[],
        targets=[],
        pictures=[
            {
                "binding": "map:sgb2-quote@release; level=stadtbezirk",
                "caption": {"de": "SGB-II-Quote · Prozent · Stadtbezirk · 2024"},
            }
        ],
    )

    report: Key
    before: int
    after: int
    title: Mapping[Language, Sequence[Piece]]
    chapters: Sequence[ChapterDifference]
    figures: Sequence[FigureDifference]
    entries: Sequence[EntryDifference]
    targets: Sequence[TargetDifference]
    pictures: Sequence[PictureDifference]
