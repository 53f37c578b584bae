"""The difference between two editions as a page for people: pure functions."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from services.boards.differences.rules import marked
from services.boards.printed_reports import cells
from services.boards.printed_reports.rules import figure
from services.boards.printed_reports.words import WORDS as PRINTED
from services.boards.printed_reports.words import period
from services.contracts.boards.report_differences import (
    ChapterDifference,
    PictureDifference,
    ReportDifference,
)
from services.contracts.boards.report_editions import ShownEntry, ShownFigure, ShownTarget
from services.contracts.boards.versions import Piece
from services.contracts.shared.base import GermanOrEnglish
from services.kit.writing import day_on_paper, text

_WORDS: Mapping[GermanOrEnglish, Mapping[str, str]] = {
    "de": {
        "title": "{title}: Ausfertigung {after} gegenüber {before}",
        "nothing": "Die Ausfertigungen sagen dasselbe.",
        "chapters": "Geänderte Kapitel",
        "added": "neu",
        "removed": "entfallen",
        "changed": "geändert",
        "figures": "Geänderte Zahlen",
        "entries": "Geänderte Listen",
        "targets": "Geänderte Ziele und Wirkungen",
        "pictures": "Neu gezeichnete Diagramme und Karten",
        "what": "Was",
        "before": "Ausfertigung {number}",
        "absent": "nicht enthalten",
    },
    "en": {
        "title": "{title}: edition {after} compared with {before}",
        "nothing": "The editions say the same.",
        "chapters": "Chapters that changed",
        "added": "new",
        "removed": "gone",
        "changed": "changed",
        "figures": "Figures that changed",
        "entries": "Lists that changed",
        "targets": "Targets and effects that changed",
        "pictures": "Charts and maps drawn anew",
        "what": "What",
        "before": "Edition {number}",
        "absent": "not there",
    },
}
_STYLE = (
    "body{font:16px/1.55 Georgia,serif;color:#1c2430;max-width:60rem;margin:0 auto;"
    "padding:2rem 1.25rem 5rem;background:#fff}"
    "h1,h2,h3,table{font-family:system-ui,'Segoe UI',sans-serif}"
    "h2{border-bottom:2px solid #1c2430;margin-top:2.5rem}"
    "ins{background:#dff5e1;text-decoration:underline}"
    "del{background:#fbe3e4;text-decoration:line-through}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #d5dbe3}"
    "thead th{border-bottom:2px solid #1c2430}tbody th{font-weight:400}"
)


def page(difference: ReportDifference, lang: GermanOrEnglish) -> str:
    """HTML5: what was inserted and deleted is marked by elements and signs, not by colour alone."""
    said = _WORDS[lang]
    title = "".join(piece.text for piece in _of(difference.title, lang) if piece.kind != "deleted")
    heading = said["title"].format(title=title, after=difference.after, before=difference.before)
    parts = [
        *_section(said["chapters"], (_chapter(one, lang) for one in difference.chapters)),
        *_section(said["figures"], _table(difference, lang, _figure_rows(difference, lang))),
        *_section(said["entries"], _table(difference, lang, _entry_rows(difference, lang))),
        *_section(said["targets"], _table(difference, lang, _target_rows(difference, lang))),
        *_section(said["pictures"], _listed(difference.pictures, lang)),
    ]
    renamed = any(piece.kind != "same" for piece in _of(difference.title, lang))
    if renamed:
        parts.insert(0, f"<p>{marked(_of(difference.title, lang))}</p>")
    body = "".join(parts) or f"<p>{said['nothing']}</p>"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(heading)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(heading)}</h1>{body}</main></body></html>"
    )


def _of(by_language: Mapping[Any, Sequence[Piece]], lang: GermanOrEnglish) -> Sequence[Piece]:
    return by_language.get(lang) or by_language.get("de") or ()


def _section(title: str, parts: Iterator[str]) -> Iterator[str]:
    told = "".join(parts)
    if told:
        yield f"<h2>{title}</h2>{told}"


def _chapter(chapter: ChapterDifference, lang: GermanOrEnglish) -> str:
    paragraphs = "".join(
        f"<p>{line}</p>" for line in marked(_of(chapter.text, lang)).split("\n") if line
    )
    state = _WORDS[lang][chapter.state]
    return f"<h3>{marked(_of(chapter.title, lang))} ({state})</h3>{paragraphs}"


def _table(
    difference: ReportDifference, lang: GermanOrEnglish, rows: Iterator[tuple[str, str, str]]
) -> Iterator[str]:
    said = _WORDS[lang]
    told = "".join(
        f'<tr><th scope="row">{escape(what)}</th><td>{escape(before)}</td>'
        f"<td>{escape(after)}</td></tr>"
        for what, before, after in dict.fromkeys(rows)  # one figure may stand in several places
    )
    if told:
        numbers = (difference.before, difference.after)
        heads = [said["what"], *(said["before"].format(number=one) for one in numbers)]
        header = "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield f"<table><thead><tr>{header}</tr></thead><tbody>{told}</tbody></table>"


def _figure_rows(
    difference: ReportDifference, lang: GermanOrEnglish
) -> Iterator[tuple[str, str, str]]:
    for one in difference.figures:
        known = one.after or one.before
        if known is not None:
            what = f"{text(known.name, lang)}, {text(known.area_name, lang)}"
            yield what, _figure(one.before, lang), _figure(one.after, lang)


def _figure(shown: ShownFigure | None, lang: GermanOrEnglish) -> str:
    if shown is None:
        return _WORDS[lang]["absent"]
    return f"{figure(shown, lang)} ({period(shown.period, lang)})"


def _entry_rows(
    difference: ReportDifference, lang: GermanOrEnglish
) -> Iterator[tuple[str, str, str]]:
    for one in difference.entries:
        known = one.after or one.before
        if known is not None:
            what = f"{PRINTED[lang][one.kind]}: {text(known.title, lang)}"
            yield what, _entry(one.before, lang), _entry(one.after, lang)


def _target_rows(
    difference: ReportDifference, lang: GermanOrEnglish
) -> Iterator[tuple[str, str, str]]:
    for one in difference.targets:
        known = one.after or one.before
        if known is not None:
            what = f"{text(known.title, lang)}: {cells.figure_of(known, lang)}"
            yield what, _target(one.before, lang), _target(one.after, lang)


def _target(shown: ShownTarget | None, lang: GermanOrEnglish) -> str:
    if shown is None:
        return _WORDS[lang]["absent"]
    return "; ".join(f"{name}: {told}" for name, told in cells.told_of(shown, lang) if told)


def _entry(shown: ShownEntry | None, lang: GermanOrEnglish) -> str:
    if shown is None:
        return _WORDS[lang]["absent"]
    parts = [
        "" if shown.day is None else day_on_paper(shown.day, lang),
        "" if shown.state is None else PRINTED[lang][f"state.{shown.state}"],
    ]
    return ", ".join(part for part in parts if part) or text(shown.title, lang)


def _listed(pictures: Sequence[PictureDifference], lang: GermanOrEnglish) -> Iterator[str]:
    if pictures:
        entries = "".join(f"<li>{escape(text(one.caption, lang))}</li>" for one in pictures)
        yield f"<ul>{entries}</ul>"
