"""One line out of several journals: nothing overtakes what is not known yet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.shared.events import Happened, Scan
from services.gateway.events.rules import Line, Places, cursor_of, in_line, places_of
from services.kit import paging
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


@pytest.mark.parametrize("part", ["9" * 19, "1:2", "x", "", "1.5"])
def test_a_place_that_no_journal_can_have_is_refused_where_it_was_said(part: str) -> None:
    """A number beyond those of the database would end in the database."""
    made = paging.encode([TOWN[0], f"boards:{part}"])
    for parameter, name in (("parameter", "after"), ("pointer", "/after")):
        with pytest.raises(Invalid) as refused:
            places_of(TOWN[0], made, parameter)
        (fault,) = refused.value.faults
        assert (getattr(fault, parameter), fault.code) == (name, "cursor")
    assert places_of(TOWN[0], paging.encode([TOWN[0], f"boards:{'9' * 18}"]), "parameter")


def test_a_cursor_from_a_header_is_refused_there() -> None:
    with pytest.raises(Invalid) as refused:
        places_of(TOWN[0], "bm9uc2Vuc2U", "header")
    assert refused.value.faults[0].header == "Last-Event-ID"


class Journals:
    """Journals that grow while they are read; of some entries the reader may know nothing."""

    def __init__(self) -> None:
        self.entries: dict[str, list[tuple[Happened, bool]]] = {"boards": [], "indicators": []}

    def write(self, name: str, minute: int, seen: bool) -> None:
        journal = self.entries[name]
        journal.append((said(len(journal) + 1, minute), seen))

    def scan(self, name: str, after: int, limit: int, looks: int) -> Scan:
        """As a service answers: up to `limit` entries out of `looks` that it looks at."""
        part = self.entries[name][after : after + looks]
        seen = [entry for entry, visible in part if visible]
        seq = after + len(part)
        if len(seen) > limit:
            seen = seen[:limit]
            seq = seen[-1].seq
        return Scan(entries=seen, seq=seq, more=seq < len(self.entries[name]))

    def known(self) -> set[str]:
        return {
            f"{n}-{e.seq}" for n, journal in self.entries.items() for e, seen in journal if seen
        }


written = st.tuples(st.sampled_from(["boards", "indicators"]), st.integers(0, 59), st.booleans())


@given(
    st.lists(st.lists(written, max_size=8), min_size=1, max_size=6),
    st.integers(1, 5),
    st.integers(1, 6),
)
def test_whoever_follows_hears_everything_once_and_each_journal_in_order(
    bursts: list[list[tuple[str, int, bool]]], limit: int, looks: int
) -> None:
    journals, heard = Journals(), list[str]()
    places: Places = {"boards": 0, "indicators": 0}
    for number, burst in enumerate([*bursts, []]):
        for entry in burst:
            journals.write(*entry)
        more = True
        while more:
            scans = {
                name: journals.scan(name, places[name], limit, looks) for name in journals.entries
            }
            made = in_line(TOWN, "/v1/jena", places, scans, limit)
            assert len(made.events) <= limit
            assert made.events or made.places != places or not made.more
            heard += ids(made)
            places, more = made.places, made.more and number == len(bursts)
    assert len(heard) == len(set(heard))
    assert set(heard) == journals.known()
    for name in journals.entries:
        numbers = [int(one.split("-")[1]) for one in heard if one.startswith(name)]
        assert numbers == sorted(numbers)
