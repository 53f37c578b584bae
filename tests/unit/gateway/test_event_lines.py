"""One line out of several journals: nothing overtakes what is not known yet."""

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.shared.events import Happened, Scan
from services.gateway.events.rules import Line, cursor_of, in_line, places_of
from services.kit.problems import Invalid

TOWN = (160530000000, "jena")
MORNING = datetime(2026, 3, 12, 8, tzinfo=UTC)


def said(seq: int, minute: int) -> Happened:
    at = MORNING + timedelta(minutes=minute)
    return Happened(seq=seq, type="boards.body.changed.v1", subject="bodies/b", at=at, data={})


def line(limit: int = 10, **scans: Scan) -> Line:
    before = {"boards": 0, "indicators": 0, "projects": 0}
    return in_line(TOWN, "/v1/jena", before, scans, limit)


def ids(line: Line) -> list[str]:
    return [event.id for event in line.events]


def test_journals_are_told_by_time_and_each_in_its_own_order() -> None:
    made = line(
        boards=Scan(entries=[said(3, 5), said(4, 1), said(5, 9)], seq=8, more=False),
        indicators=Scan(entries=[said(7, 6)], seq=7, more=False),
    )
    assert ids(made) == ["boards-3", "boards-4", "indicators-7", "boards-5"]
    assert made.places == {"boards": 8, "indicators": 7, "projects": 0}
    assert not made.more


def test_a_full_page_ends_before_what_it_leaves_out() -> None:
    made = line(
        limit=2,
        boards=Scan(entries=[said(3, 1), said(9, 5)], seq=12, more=False),
        indicators=Scan(entries=[said(7, 2)], seq=7, more=False),
    )
    assert ids(made) == ["boards-3", "indicators-7"]
    assert made.places == {"boards": 3, "indicators": 7, "projects": 0}
    assert made.more


def test_nothing_overtakes_a_journal_that_was_not_read_to_its_end() -> None:
    made = line(
        boards=Scan(entries=[said(3, 1)], seq=5000, more=True),
        indicators=Scan(entries=[said(7, 6)], seq=7, more=False),
    )
    assert ids(made) == ["boards-3"]
    assert made.places == {"boards": 5000, "indicators": 0, "projects": 0}
    assert made.more


def test_a_stretch_in_which_nothing_may_be_seen_is_passed_by() -> None:
    made = line(
        boards=Scan(entries=[], seq=5000, more=True),
        indicators=Scan(entries=[said(7, 6)], seq=7, more=False),
    )
    assert ids(made) == []
    assert made.places["boards"] == 5000
    assert made.more


def test_a_cursor_says_where_each_journal_was() -> None:
    places = {"boards": 42, "indicators": 0}
    assert places_of(TOWN[0], cursor_of(TOWN[0], places), "parameter") == places


@pytest.mark.parametrize("town", [160630000000, 0])
def test_a_cursor_belongs_to_one_town(town: int) -> None:
    with pytest.raises(Invalid):
        places_of(town, cursor_of(TOWN[0], {"boards": 1}), "parameter")


def test_a_cursor_from_a_header_is_refused_there() -> None:
    with pytest.raises(Invalid) as refused:
        places_of(TOWN[0], "bm9uc2Vuc2U", "header")
    assert refused.value.faults[0].header == "Last-Event-ID"
