"""What is different between two editions of a report."""

from typing import Any

from services.boards.report_differences.pages import page
from services.boards.report_differences.rules import difference
from services.contracts.boards.report_editions import FrozenEdition
from tests.unit.boards.reports import ENTRY, FIGURE

TARGET = {
    "measure": "jobladen",
    "title": {"de": "Jobladen"},
    "indicator": "quote",
    "name": {"de": "Quote", "en": "Rate"},
    "area": "lobeda",
    "area_name": {"de": "Lobeda"},
    "unit": {"de": "Prozent"},
    "decimals": 1,
    "breakdown": "",
    "direction": "decrease",
    "baseline_period": "2023",
    "baseline_value": "18.2",
    "target_value": "16",
    "due_on": "2027-12-31",
}


def bound(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "figures": [], "picture": None, "entries": [], **more}


def chapter(title: str, text: str) -> dict[str, Any]:
    return {"title": {"de": title}, "text": {"de": text}}


def edition(number: int, chapters: list[dict[str, Any]], **bindings: Any) -> FrozenEdition:
    """An edition that says this."""
    return FrozenEdition.model_validate(
        {
            "id": "0193d3a4-5b6c-7d8e-9f00-112233445566",
            "key": f"ed-{number}",
            "revision": 1,
            "created_at": "2026-01-01T00:00:00Z",
            "changed_at": "2026-01-01T00:00:00Z",
            "report": "bericht",
            "number": number,
            "stage": "published",
            "changes": None,
            "release": 1,
            "on": "2026-06-30",
            "audience": "public",
            "made_by": None,
            "decided_by": None,
            "reason": None,
            "sha256": "0",
            "publication": None,
            "version": None,
            "visibility": "public",
            "content": {
                "title": {"de": "Bericht"},
                "kind": "progress",
                "release": 1,
                "released_at": None,
                "on": "2026-06-30",
                "since": None,
                "chapters": chapters,
                "bindings": bindings,
            },
        }
    )


def test_editions_that_say_the_same_have_no_difference() -> None:
    chapters = [chapter("Vorwort", "Hallo.")]
    one = difference(
        edition(1, chapters, b=bound("indicator", figures=[FIGURE])),
        edition(2, chapters, b=bound("indicator", figures=[FIGURE])),
    )
    assert (one.chapters, one.figures, one.entries, one.pictures) == ([], [], [], [])
    assert "Die Ausfertigungen sagen dasselbe." in page(one, "de")
    assert "The editions say the same." in page(one, "en")


def test_chapters_are_known_by_their_title_wherever_they_stand() -> None:
    found = difference(
        edition(1, [chapter("A", "Alt eins."), chapter("B", "Bleibt."), chapter("C", "Geht.")]),
        edition(2, [chapter("Neu", "Kommt."), chapter("B", "Bleibt."), chapter("A", "Neu eins.")]),
    )
    states = {one.title["de"][-1].text: one.state.value for one in found.chapters}
    assert states == {"Neu": "added", "A": "changed", "C": "removed"}
    told = page(found, "de")
    assert "<del>Alt</del><ins>Neu</ins> eins." in told
    assert "<h3><ins>Neu</ins> (neu)</h3>" in told
    assert "<h3><del>C</del> (entfallen)</h3>" in told


def test_a_chapter_that_was_renamed_in_its_place_is_the_same() -> None:
    (one,) = difference(
        edition(1, [chapter("Vorwort", "Hallo.")]), edition(2, [chapter("Zum Geleit", "Hallo.")])
    ).chapters
    assert one.state == "changed"
    assert [piece.kind for piece in one.text["de"]] == ["same"]


def test_the_figure_of_a_sentence_is_the_same_one_when_its_period_moves_on() -> None:
    later = {**FIGURE, "period": "2024", "value": None, "status": "confidential"}
    found = difference(
        edition(1, [], b=bound("indicator", figures=[FIGURE])),
        edition(2, [], b=bound("indicator", figures=[later])),
    )
    (one,) = found.figures
    assert one.before is not None
    assert one.after is not None
    assert (one.before.period, one.after.period) == ("2023", "2024")
    told = page(found, "de")
    assert "<td>18,2\u00a0% (2023)</td>" in told
    assert "keine Angabe (aus Gründen der statistischen Geheimhaltung" in told


def test_figures_of_a_table_come_and_go_by_period() -> None:
    later = {**FIGURE, "period": "2024"}
    found = difference(
        edition(1, [], t=bound("table", figures=[FIGURE])),
        edition(2, [], t=bound("table", figures=[FIGURE, later])),
    )
    (one,) = found.figures
    assert one.before is None
    assert "<td>nicht enthalten</td><td>18,2\u00a0% (2024)</td>" in page(found, "de")


def test_entries_and_drawings_that_changed_are_told() -> None:
    running = {**ENTRY, "state": "running"}
    new = {**ENTRY, "key": "kita", "title": {"de": "<b>Kita</b>"}}
    drawn = {
        "svg": {"de": "<svg>1</svg>"},
        "alt": {"de": "x"},
        "caption": {"de": "Quote nach Gebieten"},
    }
    again = {**drawn, "svg": {"de": "<svg>2</svg>"}}
    found = difference(
        edition(1, [], m=bound("measures", entries=[ENTRY]), c=bound("chart", picture=drawn)),
        edition(
            2, [], m=bound("measures", entries=[running, new]), c=bound("chart", picture=again)
        ),
    )
    assert [(one.before is None, one.after and one.after.key) for one in found.entries] == [
        (False, "jobladen"),
        (True, "kita"),
    ]
    assert [one.binding for one in found.pictures] == ["c"]
    told = page(found, "en")
    assert "<li>Quote nach Gebieten</li>" in told
    assert "<td>1 January 2026, planned</td><td>1 January 2026, running</td>" in told
    assert "Measures: &lt;b&gt;Kita&lt;/b&gt;" in told
    assert "<b>" not in told


def test_targets_and_effects_that_changed_are_told() -> None:
    effect = {**TARGET, "outcome": "unknown", "unknown": "too_early"}
    read = {"period": "2023", "value": "18.2", "status": "normal", "reason": None}
    later = {"before": read, "after": {**read, "period": "2025", "value": "17"}, "change": "-1.2"}
    found = difference(
        edition(1, [], t=bound("targets", targets=[TARGET]), e=bound("effects", targets=[effect])),
        edition(
            2,
            [],
            t=bound("targets", targets=[{**TARGET, "target_value": "0"}]),
            e=bound("effects", targets=[{**effect, **later, "outcome": "as_wanted"}]),
        ),
    )
    assert [one.binding for one in found.targets] == ["t", "e"]
    told = page(found, "de")
    assert "Jobladen: Quote (Prozent), Lobeda" in told
    assert "Ziel: senken: 16; Bis: 31.12.2027" in told
    assert "Ziel: senken: 0; " in told
    assert "Richtung: noch kein Wert danach" in told
    assert "Vorher: 18,2 (2023); Nachher: 17,0 (2025); Änderung: −1,2" in told


def test_what_is_no_longer_in_the_report_is_told_as_well() -> None:
    men, women = ({**FIGURE, "breakdown": one} for one in ("m", "w"))
    drawn = {"svg": {"de": "<svg>1</svg>"}, "alt": {"de": "x"}, "caption": {"de": "Bild"}}
    full = edition(
        1,
        [],
        b=bound("indicator", figures=[FIGURE, men, women]),
        m=bound("measures", entries=[ENTRY]),
        c=bound("chart", picture=drawn),
    )
    found = difference(full, edition(2, [], b=bound("indicator", figures=[FIGURE, men])))
    assert [(one.before and one.before.breakdown, one.after) for one in found.figures] == [
        ("w", None)
    ]
    assert [(one.kind, one.after) for one in found.entries] == [("measures", None)]
    assert [one.binding for one in found.pictures] == ["c"]


def test_that_a_figure_is_final_now_and_another_title_are_differences() -> None:
    early = {**FIGURE, "provisional": True}
    before = edition(1, [], b=bound("indicator", figures=[early]))
    after = edition(2, [], b=bound("indicator", figures=[FIGURE]))
    renamed = after.content.model_copy(update={"title": {"de": "Sozialbericht"}})
    found = difference(before, after.model_copy(update={"content": renamed}))
    assert [one.before and one.before.provisional for one in found.figures] == [True]
    assert {piece.kind for piece in found.title["de"]} == {"deleted", "inserted"}


def test_targets_of_two_groups_are_two() -> None:
    men, women = ({**TARGET, "breakdown": one} for one in ("m", "w"))
    lower = {**men, "target_value": "12"}
    found = difference(
        edition(1, [], t=bound("targets", targets=[men, women])),
        edition(2, [], t=bound("targets", targets=[lower, women])),
    )
    assert [one.after and one.after.breakdown for one in found.targets] == ["m"]
