"""An edition as it is printed: pure functions."""

from collections.abc import Iterator, Mapping, Sequence

from services.boards.printed_reports import cells
from services.boards.printed_reports.words import WORDS, amount
from services.boards.report_markup.rules import Block as Written
from services.boards.report_markup.rules import BlockKind, blocks
from services.boards.report_markup.rules import Run as Piece
from services.contracts.boards.coordinated_reports import ReportChapter, ReportTemplateKind
from services.contracts.boards.report_editions import (
    BindingKind,
    Bound,
    EditionStage,
    ReportContent,
    ShownFigure,
)
from services.contracts.indicators.values import STATUS_TEXTS, ValueStatus
from services.contracts.shared.base import GermanOrEnglish
from services.kit.days import day as day_of
from services.kit.printing.document import (
    Block,
    Document,
    Picture,
    Run,
    Section,
    like,
    words,
)
from services.kit.writing import day_on_paper, text

_BOOKS = frozenset({ReportTemplateKind.poverty_report, ReportTemplateKind.living_conditions})
_WITH_STATES = frozenset(
    {
        BindingKind.findings,
        BindingKind.measures,
        BindingKind.recommendations,
        BindingKind.resolutions,
    }
)
_OPEN = frozenset({EditionStage.in_review, EditionStage.returned})


def document(
    content: ReportContent,
    lang: GermanOrEnglish,
    number: int | None = None,
    stage: EditionStage | None = None,
) -> Document:
    """The report in one language; without a number it is a draft.

    An approved and a published edition are printed alike, so that what was approved is what is
    published, byte for byte.
    """
    said = WORDS[lang]
    return Document(
        title=words(content.title, lang),
        subtitle=said[f"kind.{content.kind}"],
        stand=_stand(content, lang, number, stage),
        lang=lang,
        day=content.on,
        contents=said["contents"] if content.kind in _BOOKS else None,
        sections=[
            *(
                section
                for chapter in content.chapters
                for section in _chapter(chapter, content.bindings, lang)
            ),
            _sources(content, lang),
        ],
    )


def _stand(
    content: ReportContent, lang: GermanOrEnglish, number: int | None, stage: EditionStage | None
) -> str:
    said = WORDS[lang]
    told = {"day": day_on_paper(content.on, lang), "release": content.release, "number": number}
    if number is None:
        return said["stand.draft"].format(**told)
    stand = said["stand"].format(**told)
    return said[f"stand.{stage}"].format(stand=stand) if stage in _OPEN else stand


def _chapter(
    chapter: ReportChapter, bound: Mapping[str, Bound], lang: GermanOrEnglish
) -> Iterator[Section]:
    title, level, taken = words(chapter.title, lang), 1, list[Block]()
    written = words(chapter.text, lang)
    for block in blocks(written):
        if block.kind is BlockKind.heading:
            yield Section(title, level, blocks=taken)
            # a level left out would have no meaning to those who hear the headings
            plain = _plain(block.lines[0], bound, lang)
            title, level = like(written, plain), min(block.level, level + 1)
            taken = []
        else:
            taken += _printed(block, bound, lang, written)
    yield Section(title, level, blocks=taken)


def _printed(
    block: Written, bound: Mapping[str, Bound], lang: GermanOrEnglish, written: str
) -> list[Block]:
    if block.bound is None:
        lines = [[_run(piece, bound, lang, written) for piece in line] for line in block.lines]
        return [Block(lines=lines, bullets=block.kind is BlockKind.bullets)]
    what = bound[block.bound.wording]
    if what.picture is not None:
        drawing = what.picture
        return [Block(picture=Picture(drawing.svg[lang], drawing.alt[lang], drawing.caption[lang]))]
    if what.targets:
        return cells.of_targets(what, lang)
    if what.figures:
        return cells.of_figures(what, lang)
    return cells.of_entries(what, lang)


def _run(piece: Piece, bound: Mapping[str, Bound], lang: GermanOrEnglish, written: str = "") -> Run:
    said = like(written, piece.text)
    if piece.bound is not None:
        said = figure(bound[piece.bound.wording].figures[0], lang)
    return Run(said, piece.bold, piece.italic, piece.link)


def _plain(line: Sequence[Piece], bound: Mapping[str, Bound], lang: GermanOrEnglish) -> str:
    return "".join(_run(piece, bound, lang).text for piece in line)


def figure(shown: ShownFigure, lang: GermanOrEnglish) -> str:
    """A figure in a sentence: with its unit, or why there is none."""
    said, why = WORDS[lang], text(STATUS_TEXTS[shown.status].label, lang)
    if shown.value is None:
        return said["no_value"].format(reason=why)
    value = amount(shown.value, shown.decimals, shown.unit, lang)
    if shown.status is ValueStatus.limited:
        value = said["limited"].format(value=value, reason=why)
    return said["provisional"].format(value=value) if shown.provisional else value


def _sources(content: ReportContent, lang: GermanOrEnglish) -> Section:
    said = WORDS[lang]
    if content.released_at is None:
        released = said["sources.only"].format(release=content.release)
    else:
        on = day_on_paper(day_of(content.released_at), lang)
        released = said["sources.release"].format(release=content.release, day=on)
    names = sorted(
        {one.source for what in content.bindings.values() for one in what.figures} - {""}
    )
    paragraphs = [released]
    if names:
        paragraphs.append(said["sources.from"].format(names="; ".join(names)))
    stated = (
        one.targets or (one.kind in _WITH_STATES and one.entries)
        for one in content.bindings.values()
    )
    if content.looked_up_on is not None and any(stated):
        looked_up_on = day_on_paper(content.looked_up_on, lang)
        states = said["sources.states"].format(
            day=day_on_paper(content.on, lang), looked_up_on=looked_up_on
        )
        paragraphs.append(states)
    return Section(said["sources"], 1, paragraphs)
