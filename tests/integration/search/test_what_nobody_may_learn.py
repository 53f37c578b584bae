"""No word that somebody may not see moves anything of what they are told."""

import itertools
from collections.abc import Sequence
from typing import Any

import asyncpg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.contracts.shared.access import Municipality
from services.kit.search.asking import understood
from services.kit.search.queries import (
    BEGUN_INSIDE,
    FIND_ALL,
    FIND_SHOWN,
    MATCHED_INSIDE,
    SUGGEST,
    SUGGEST_INSIDE,
)
from tests.integration.search.asking import BOARD, paper
from tests.support.towns import Door

_LETTERS = st.text(alphabet="abdegiklmnoprstuäöüß", min_size=4, max_size=12)
_TEXTS = st.lists(_LETTERS, min_size=1, max_size=4).map(" ".join)
_NUMBERS = itertools.count()


READERS: tuple[str | None, ...] = (None, "member")
"""None of them belongs to the administration."""


async def told(gate: Door, questions: list[str], readers: Sequence[str | None] = READERS) -> Any:
    """Everything that they are told, byte for byte."""
    answers = []
    for q in questions:
        for address in ("/search", "/suggestions"):
            for reader in readers:
                door = gate.as_(reader) if reader else gate.as_()
                response = await door.get(address, params={"q": q})
                answers.append((response.status_code, response.text))
    return answers


@given(hidden=_TEXTS, known=st.sampled_from(["Armutsprävention", "Teilhabe", "Quartier"]))
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_a_hidden_document_changes_no_answer_to_anybody(
    boards: Door, gate: Door, hidden: str, known: str
) -> None:
    number = next(_NUMBERS)
    if number == 0:
        await boards.made("/bodies", BOARD)
        await boards.made("/papers", paper("offen", "Teilhabe im Quartier"))
        await boards.made("/papers", paper("mitglieder", "Teilhaber", visibility="members"))
    words = hidden.split()
    # The hidden words, begun and misspelt, and what is public and looks like them.
    questions = [hidden, words[0][:3], f"{words[-1]}x", f'"{hidden}"', known, f"{known[:-2]}x"]
    before = await told(gate, questions)
    title = f"{hidden} {known} {known[:-1]}"
    secret = paper(
        f"intern-{number}", title, visibility="administration", reference=f"{hidden} {number}"
    )
    await boards.made("/papers", {**secret, "text": {"de": f"{known}x {hidden}"}})
    assert (await gate.get("/search", params={"q": words[0]})).json()["total"] > 0
    assert await told(gate, questions) == before


async def test_what_was_public_leaves_nothing_behind(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", BOARD)
    questions = ["Zwischenlager", "Zwischenlagr", "zwi", "24/0815"]
    before = await told(gate, questions)
    await boards.made("/papers", paper("papier", "Zwischenlager", reference="24/0815-BV"))
    assert await told(gate, questions) != before
    await boards.patch("/papers/papier", {"visibility": "administration"})
    assert await told(gate, questions) == before


_MANY = """
    INSERT INTO search_document (municipality_id, collection, key, title, body, names, vector)
    SELECT $1, 'papers', 'papier-' || n, '{}', '{}', '{}', to_tsvector('simple', 'wort ' || n)
    FROM generate_series(1, 3000) AS n"""
_MANY_NAMES = """
    INSERT INTO search_name (municipality_id, collection, key, place, start)
    SELECT $1, 'papers', 'papier-' || n, n % 2, 'wort ' || n FROM generate_series(1, 9000) AS n"""


_INSIDE = """
    INSERT INTO search_inside (municipality_id, collection, key, title, body, names, vector)
    SELECT $1, 'papers', 'intern-' || n, '{}', '{}', ARRAY['wort ' || n],
           to_tsvector('simple', 'wort ' || n)
    FROM generate_series(1, 300) AS n"""


async def test_every_question_is_answered_by_its_indexes(
    boards: Door, town: Municipality, database_url: str
) -> None:
    await boards.made("/bodies", BOARD)
    asked = understood("armut")
    form = [[*asked.words], asked.beginnings, asked.exactly, "pg_catalog.german", asked.whole]
    values = [town.id, *form, None, False, 20, asked.ranked]
    papers = ["papers"]
    server = {"search_path": "boards", "enable_seqscan": "off", "role": "planraum_boards"}
    connection = await asyncpg.connect(database_url, server_settings=server)
    begin = connection.transaction()
    try:
        await begin.start()
        await connection.execute(f"SET LOCAL app.municipality = '{town.id}'")
        for many in (_MANY, _MANY_NAMES, _INSIDE):
            await connection.execute(many, town.id)
        await connection.execute("SET LOCAL ROLE NONE")
        await connection.execute("ANALYZE search_document, search_name, search_inside")
        await connection.execute("SET LOCAL ROLE planraum_boards")
        plans = {
            statement: str(await connection.fetch("EXPLAIN " + statement, *given))
            for statement, given in (
                (FIND_SHOWN, values),
                (SUGGEST, [town.id, "armut", 20]),
                (FIND_ALL, [*values, papers, None]),
                (MATCHED_INSIDE, [*values[:5], papers]),
                (SUGGEST_INSIDE, [town.id, "armut", 20, papers, None]),
                (BEGUN_INSIDE, [town.id, "armut", papers]),
            )
        }
    finally:
        await begin.rollback()
        await connection.close()
    for statement in (FIND_SHOWN, FIND_ALL):
        assert "ix_search_document_municipality_id_vector" in plans[statement]
    assert plans[SUGGEST].count("ix_search_name_municipality_id_place_start") == 2
    # Behind the wall an index of words is not used: those of the town alone are looked through.
    for statement in (FIND_ALL, MATCHED_INSIDE, SUGGEST_INSIDE, BEGUN_INSIDE):
        assert "pk_search_inside" in plans[statement]
    assert not any("Seq Scan" in plan for plan in plans.values())


async def test_no_session_is_opened_for_who_sees_everything(
    boards: Door, gate: Door, statements: list[str]
) -> None:
    await boards.made("/bodies", BOARD)
    addresses = ("/search", "/suggestions")
    for address in addresses:
        assert (await gate.get(address, params={"q": "Armut"})).status_code == 200
    statements.clear()
    for address in addresses:
        assert (await gate.get(address, params={"q": "Beirat"})).json()
    assert statements == []
