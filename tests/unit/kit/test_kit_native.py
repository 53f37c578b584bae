"""Statements of SQLAlchemy as asyncpg takes them."""

from sqlalchemy import bindparam, column, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from services.kit.native import compiled

ASYNCPG = dialect(json_serializer=lambda value: f"as json: {value}")


def test_a_value_that_is_open_is_filled_in_where_it_stands() -> None:
    seen = column("key").in_(["a", "b"]) & (column("key") != bindparam("asked"))
    made = compiled(select(literal({"n": 1}, JSONB)).where(seen), ASYNCPG, "asked")
    given = made.filled({"asked": "c"})
    told = {f"${place}": value for place, value in enumerate(given, start=1)}
    assert sorted(map(str, given)) == ["a", "as json: {'n': 1}", "b", "c"]
    asked = next(place for place, value in told.items() if value == "c")
    assert f"key != {asked}" in made.text
    assert made.filled({"asked": "d"}) == ["d" if value == "c" else value for value in given]
    assert not any(f"${len(given) + 1}" in part for part in made.text.split())


def test_one_value_has_one_place_however_often_it_is_asked_for() -> None:
    asked = text("SELECT :town WHERE :town = 1 AND :most > 2")
    made = compiled(asked, ASYNCPG, "town", "most")
    assert made.text == "SELECT $1 WHERE $1 = 1 AND $2 > 2"
    assert made.filled({"most": 3, "town": 1}) == [1, 3]
