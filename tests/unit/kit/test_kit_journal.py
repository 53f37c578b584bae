"""The journal is a chain: whoever alters, removes or moves an entry is found at its number."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.shared.journal import Entry
from services.kit.journal import canonical, chained, digest, first_broken

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
LENGTH = 6


def chain(length: int = LENGTH) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        entries.append(
            chained(
                number,
                entries[-1].hash if entries else "",
                municipality_id=160530000000,
                type="boards.body.created.v1",
                subject=f"bodies/gremium-{number}",
                actor="test:clerk",
                at=NOON + timedelta(seconds=number),
                data={"id": str(number), "fields": ["name"], "revision": 1},
            )
        )
    return entries


CHAIN = chain()
HEAD = (LENGTH, CHAIN[-1].hash)
NUMBERS = st.integers(0, LENGTH - 1)


def test_an_untouched_chain_is_whole() -> None:
    assert first_broken(CHAIN, HEAD) is None
    assert first_broken([], (0, "")) is None
    assert first_broken([]) is None


ALTERATIONS: list[tuple[str, Any]] = [
    ("municipality_id", 160630000000),
    ("type", "boards.body.changed.v1"),
    ("subject", "bodies/gremium-9"),
    ("actor", "test:somebody"),
    ("at", NOON + timedelta(microseconds=1)),
    ("data", {}),
    ("previous", "0" * 64),
    ("hash", "0" * 64),
    ("seq", 99),
]


@given(NUMBERS, st.sampled_from(ALTERATIONS))
def test_an_altered_entry_is_found(at: int, alteration: tuple[str, Any]) -> None:
    field, value = alteration
    altered = [*CHAIN]
    altered[at] = CHAIN[at].model_copy(update={field: value})
    assert first_broken(altered, HEAD) == at + 1


@given(NUMBERS, st.data())
def test_a_single_altered_byte_is_found(at: int, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(["type", "subject", "actor", "previous", "hash"]))
    text = getattr(CHAIN[at], field)
    if not text:
        return
    place = data.draw(st.integers(0, len(text) - 1))
    flipped = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
    altered = [*CHAIN]
    altered[at] = CHAIN[at].model_copy(update={field: flipped})
    assert first_broken(altered, HEAD) == at + 1


@given(NUMBERS)
def test_a_removed_entry_is_found(at: int) -> None:
    assert first_broken(CHAIN[:at] + CHAIN[at + 1 :], HEAD) == at + 1


@given(NUMBERS)
def test_a_cut_off_tail_is_found_by_the_head(length: int) -> None:
    assert first_broken(CHAIN[:length]) is None
    assert first_broken(CHAIN[:length], HEAD) == length + 1


@given(st.permutations(range(LENGTH)))
def test_moved_entries_are_found_at_the_first_that_moved(order: list[int]) -> None:
    moved = next((at for at, number in enumerate(order) if at != number), None)
    expected = None if moved is None else moved + 1
    assert first_broken([CHAIN[number] for number in order], HEAD) == expected


@given(NUMBERS)
def test_an_entry_altered_with_its_hash_is_found_at_the_next(at: int) -> None:
    forged = CHAIN[at].model_copy(update={"actor": "test:nobody"})
    forged = forged.model_copy(update={"hash": digest(forged)})
    assert first_broken([*CHAIN[:at], forged, *CHAIN[at + 1 :]], HEAD) == at + 2


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_the_written_form_does_not_depend_on_the_order(value: dict[str, Any]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_the_written_form_is_the_same_for_good() -> None:
    assert (
        canonical({"b": [1, None, True], "a": "Löbstedt"}) == '{"a":"Löbstedt","b":[1,null,true]}'
    )
    fields = (
        '{"actor":"test:clerk","at":"2024-05-01T12:00:00.000000+00:00",'
        '"data":{"fields":["name"],"id":"0","revision":1},"municipality_id":160530000000,'
        '"previous":"","seq":1,"subject":"bodies/gremium-0","type":"boards.body.created.v1"}'
    )
    assert CHAIN[0].hash == sha256(fields.encode()).hexdigest()


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    elsewhere = CHAIN[0].at.astimezone(timezone(timedelta(hours=2)))
    assert digest(CHAIN[0].model_copy(update={"at": elsewhere})) == CHAIN[0].hash


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {"a": [1, 2.5]}, ({"a": (0.1,)},), {"a": {"b": float("inf")}}]
)
def test_floating_point_numbers_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)
