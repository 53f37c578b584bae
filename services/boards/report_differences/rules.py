"""Comparing two editions of a report: pure functions."""

from collections.abc import Iterator, Mapping, Sequence

from services.boards.differences.rules import by_language
from services.contracts.boards.coordinated_reports import ReportChapter
from services.contracts.boards.report_differences import (
    ChapterDifference,
    EntryDifference,
    FigureDifference,
    PictureDifference,
    ReportDifference,
    ReportPartState,
    TargetDifference,
)
from services.contracts.boards.report_editions import (
    BindingKind,
    Bound,
    FrozenEdition,
    ReportContent,
    ShownEntry,
    ShownFigure,
)

_Key = tuple[str, ...]


def difference(before: FrozenEdition, after: FrozenEdition) -> ReportDifference:
    """What changed from one edition to the other: words, figures, lists, drawings."""
    old, new = before.content, after.content
    return ReportDifference.model_validate(
        {
            "report": after.report,
            "before": before.number,
            "after": after.number,
            "title": by_language(old.title, new.title),
            "chapters": list(_chapters(old.chapters, new.chapters)),
            "figures": list(_figures(old, new)),
            "entries": list(_entries(old, new)),
            "targets": list(_targets(old, new)),
            "pictures": list(_pictures(old, new)),
        }
    )


def _chapters(
    old: Sequence[ReportChapter], new: Sequence[ReportChapter]
) -> Iterator[ChapterDifference]:
    """Chapters that are not the same; one is known by its title, else by its place."""
    pairs, gone = _paired(old, new)
    for now, then in zip(new, pairs, strict=True):
        if then is None:
            yield _chapter(ReportPartState.added, None, now)
        elif then != now:
            yield _chapter(ReportPartState.changed, then, now)
    for chapter in gone:
        yield _chapter(ReportPartState.removed, chapter, None)


def _paired(
    old: Sequence[ReportChapter], new: Sequence[ReportChapter]
) -> tuple[list[ReportChapter | None], list[ReportChapter]]:
    left = dict(enumerate(old))
    pairs: list[ReportChapter | None] = []
    for chapter in new:
        found = (place for place, one in left.items() if one.title["de"] == chapter.title["de"])
        place = next(found, None)
        pairs.append(left.pop(place) if place is not None else None)
    for place, pair in enumerate(pairs):
        if pair is None and place in left:
            pairs[place] = left.pop(place)
    return pairs, list(left.values())


def _chapter(
    state: ReportPartState, before: ReportChapter | None, after: ReportChapter | None
) -> ChapterDifference:
    return ChapterDifference.model_validate(
        {
            "state": state,
            "title": by_language(before.title if before else None, after.title if after else None),
            "text": by_language(before.text if before else None, after.text if after else None),
        }
    )


def _figures(old: ReportContent, new: ReportContent) -> Iterator[FigureDifference]:
    before, after = _figures_of(old), _figures_of(new)
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _says(one) != _says(other):
            yield FigureDifference(binding=key[0], before=one, after=other)


def _figures_of(content: ReportContent) -> Mapping[_Key, ShownFigure]:
    """Figures by what they are; where there is one of an area, it is the same when its period moves
    on."""
    return {
        (
            wording,
            one.indicator,
            one.area,
            one.breakdown,
            one.period if _has_periods(bound) else "",
        ): one
        for wording, bound in content.bindings.items()
        for one in bound.figures
    }


def _has_periods(bound: Bound) -> bool:
    return bound.kind is BindingKind.table and len({one.indicator for one in bound.figures}) == 1


def _says(figure: ShownFigure) -> tuple[object, ...]:
    return figure.period, figure.value, figure.status, figure.provisional


def _entries(old: ReportContent, new: ReportContent) -> Iterator[EntryDifference]:
    before, after = _entries_of(old), _entries_of(new)
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if one != other:
            kind = (new if other is not None else old).bindings[key[0]].kind
            yield EntryDifference(binding=key[0], kind=kind, before=one, after=other)


def _entries_of(content: ReportContent) -> Mapping[_Key, ShownEntry]:
    return {
        (wording, one.key): one
        for wording, bound in content.bindings.items()
        for one in bound.entries
    }


def _targets(old: ReportContent, new: ReportContent) -> Iterator[TargetDifference]:
    before, after = (
        {
            (wording, one.measure, one.indicator, one.area, one.breakdown): one
            for wording, bound in content.bindings.items()
            for one in bound.targets
        }
        for content in (old, new)
    )
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield TargetDifference(binding=key[0], before=before.get(key), after=after.get(key))


def _pictures(old: ReportContent, new: ReportContent) -> Iterator[PictureDifference]:
    before, after = (
        {wording: one.picture for wording, one in content.bindings.items() if one.picture}
        for content in (old, new)
    )
    for wording, picture in {**before, **after}.items():
        if before.get(wording) != after.get(wording):
            yield PictureDifference.model_validate({"binding": wording, "caption": picture.caption})
