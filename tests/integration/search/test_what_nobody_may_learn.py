"""No word that is not public moves anything of what somebody without a token is told."""

import itertools
from typing import Any

import asyncpg
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.contracts.shared.access import Municipality
from services.kit.search.asking import understood
from services.kit.search.queries import FIND_SHOWN, SUGGEST
from tests.integration.search.test_search import BOARD, paper
from tests.support.towns import Door

_LETTERS = st.text(alphabet="abdegiklmnoprstuäöüß", min_size=4, max_size=12)
_TEXTS = st.lists(_LETTERS, min_size=1, max_size=4).map(" ".join)
_NUMBERS = itertools.count()


async def told(gate: Door, questions: list[str]) -> list[Any]:
    """Everything that anybody is told, byte for byte."""
    answers = []
    for q in questions:
        for address in ("/search", "/suggestions"):
            response = await gate.as_().get(address, params={"q": q})
            answers.append((response.status_code, response.text))
    return answers


@given(hidden=_TEXTS, known=st.sampled_from(["Armutsprävention", "Teilhabe", "Quartier"]))
@settings(
    max_examples=12,
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


async def test_both_questions_are_answered_by_their_indexes(
    boards: Door, town: Municipality, database_url: str
) -> None:
    await boards.made("/bodies", BOARD)
    asked = understood("armut")
    form = [[*asked.words], asked.beginnings, asked.exactly, "pg_catalog.german", asked.whole]
    values = [town.id, *form, None, False, 20, asked.ranked]
    server = {"search_path": "boards", "enable_seqscan": "off"}
    connection = await asyncpg.connect(database_url, server_settings=server)
    begin = connection.transaction()
    try:
        await begin.start()
        await connection.execute(_MANY, town.id)
        await connection.execute(_MANY_NAMES, town.id)
        await connection.execute("ANALYZE search_document, search_name")
        found = await connection.fetch("EXPLAIN " + FIND_SHOWN, *values)
        begun = await connection.fetch("EXPLAIN " + SUGGEST, town.id, "armut", 20)
    finally:
        await begin.rollback()
        await connection.close()
    assert "ix_search_document_municipality_id_vector" in str(found)
    assert str(begun).count("ix_search_name_municipality_id_place_start") == 2
