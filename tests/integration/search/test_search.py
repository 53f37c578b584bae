"""One search over everything, and nothing in it that is not for the reader."""

import pytest

from tests.integration.search.asking import BOARD, COUNCIL, found, keys, paper, suggested
from tests.support.spoken import is_told_as_asked
from tests.support.towns import Door


@pytest.mark.parametrize(
    "question",
    [
        "armutsprävention",
        "Armutspraevention",
        "ARMUTSPRAVENTION",
        "povertà",
        "poverta",
        "Haus",
        "beirat",
        '"Beirat Armutsprävention"',
        "poverty preventing",
        "Armuts",
        "die Armut",
    ],
)
async def test_a_body_is_found_in_any_form(boards: Door, gate: Door, question: str) -> None:
    await boards.made("/bodies", BOARD)
    await boards.made("/bodies", COUNCIL)
    answer = await found(gate, question)
    assert keys(answer) == ["beirat"]
    assert answer["total"] == 1
    assert answer["categories"] == [{"category": "bodies", "count": 1}]


async def test_a_snippet_is_harmless_and_marks_what_was_found(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", BOARD)
    (hit,) = (await found(gate, "haus"))["hits"]
    assert hit["snippet"] == (
        "Berät zu Armut &lt;b&gt;und&lt;/b&gt; Teilhabe der <mark>Häuser</mark> im Quartier."
    )
    (hit,) = (await found(gate, "povertà", lang="en"))["hits"]
    assert hit["snippet"] == "Consiglia sulla <mark>povertà</mark>."


async def test_a_snippet_is_in_the_language_that_a_browser_asks_for(
    boards: Door, gate: Door
) -> None:
    both = {"de": "Berät zur Armut.", "en": "Advises on what Armut means."}
    await boards.made("/bodies", {**BOARD, "description": both})
    await is_told_as_asked(gate.get, "/search?q=armut")


async def test_words_in_quotes_stand_together_as_they_are(boards: Door, gate: Door) -> None:
    await boards.made("/papers", paper("erst", "Bildung integriert in Jena"))
    await boards.made("/papers", paper("zweit", "Integrierte Bildung"))
    await boards.made("/papers", paper("dritt", "Bildung ist integriert"))
    assert keys(await found(gate, '"Bildung integriert"')) == ["erst"]
    assert set(keys(await found(gate, "Bildung integriert"))) == {"erst", "zweit", "dritt"}
    assert set(keys(await found(gate, "Bildung -jena"))) == {"zweit", "dritt"}
    assert set(keys(await found(gate, 'Bildung -"ist integriert"'))) == {"erst", "zweit"}


async def test_a_reference_number_is_found_first(boards: Door, gate: Door) -> None:
    await boards.made("/papers", paper("bezug", "Bezug auf 24/0815-BV in der Sache"))
    await boards.made("/papers", paper("selbst", "Armutsbericht", reference="24/0815-BV"))
    assert keys(await found(gate, "24/0815-BV")) == ["selbst", "bezug"]


async def test_words_count_as_they_are_meant_in_three_languages_and_how_something_begins(
    boards: Door, gate: Door
) -> None:
    await boards.made(
        "/bodies", {**COUNCIL, "description": {"de": "Rat.", "it": "Può consigliare."}}
    )
    await boards.made("/papers", paper("ohne", "Bericht Armut"))
    await boards.made("/papers", paper("mit", "Armut und was die Stadt davon weiß"))
    answers = {
        q: await found(gate, q)
        for q in ("consigliato", "die Armut", "die", "Armut", "Bericht Armut")
    }
    assert {q: keys(answer) for q, answer in answers.items()} == {
        "consigliato": ["stadtrat"],
        # Words that say nothing are left out, unless there are no others.
        "die Armut": ["mit", "ohne"],
        "die": ["mit"],
        "Armut": ["mit", "ohne"],
        "Bericht Armut": ["ohne"],
    }
    assert not any(answer["corrected"] for answer in answers.values())


async def test_no_cache_keeps_what_was_found(gate: Door) -> None:
    for address in ("/search", "/suggestions"):
        told = await gate.get(address, params={"q": "Armut"})
        assert told.headers["cache-control"] == "private, no-cache"


async def test_one_list_over_all_services(boards: Door, indicators: Door, gate: Door) -> None:
    topic = {"key": "armut", "name": {"de": "Armut", "en": "Poverty"}, "kind": "topic"}
    await indicators.made("/topics", topic)
    await boards.made("/papers", paper("papier", "Bericht über Armut", dated_on="2025-01-31"))
    await boards.made("/papers", paper("neuer", "Bericht über Armut", dated_on="2026-01-31"))
    answer = await found(gate, "Armut")
    assert keys(answer) == ["armut", "neuer", "papier"]
    assert answer["categories"] == [
        {"category": "papers", "count": 2},
        {"category": "topics", "count": 1},
    ]
    assert keys(await found(gate, "Armut", sort="date")) == ["neuer", "papier", "armut"]
    chosen = await found(gate, "Armut", category="papers")
    assert keys(chosen) == ["neuer", "papier"]
    assert chosen["total"] == 2
    assert chosen["categories"] == answer["categories"]
    second = await found(gate, "Armut", page_size=2, page=2)
    assert keys(second) == ["papier"]
    assert (second["total"], second["pages"]) == (3, 2)


async def test_what_is_changed_is_found_anew(boards: Door, gate: Door) -> None:
    await boards.made("/papers", paper("papier", "Bericht über Armut"))
    changed = await boards.patch("/papers/papier", {"title": {"de": "Bericht über Reichtum"}})
    assert changed.status_code == 200
    assert keys(await found(gate, "Armut")) == []
    assert keys(await found(gate, "Reichtum")) == ["papier"]


async def test_only_the_administration_finds_what_is_its_own(boards: Door, gate: Door) -> None:
    for key, visibility in (
        ("offen", "public"),
        ("intern", "administration"),
        ("beraten", "members"),
    ):
        name = {"de": f"Runde Armut {key}"}
        await boards.made("/bodies", {**BOARD, "key": key, "name": name, "visibility": visibility})
    assert keys(await found(gate.as_(), "Armut")) == ["offen"]
    assert (await found(gate.as_(), "Armut"))["total"] == 1
    assert set(keys(await found(gate.as_("member"), "Armut"))) == {"offen", "beraten"}
    assert (await found(gate.as_("supplier"), "Armut"))["total"] == 1
    assert (await found(gate.as_("secretary"), "Armut"))["total"] == 3


async def test_what_is_within_something_hidden_is_hidden_with_it(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", COUNCIL)
    meeting = {
        "key": "sitzung",
        "body": "stadtrat",
        "name": {"de": "Sondersitzung Armut"},
        "starts_at": "2026-03-04T17:00:00+01:00",
    }
    await boards.made("/meetings", meeting)
    assert keys(await found(gate.as_(), "Sondersitzung")) == ["sitzung"]
    await boards.patch("/bodies/stadtrat", {"visibility": "administration"})
    assert keys(await found(gate.as_(), "Sondersitzung")) == []
    assert keys(await found(gate, "Sondersitzung")) == ["sitzung"]
    await boards.patch("/bodies/stadtrat", {"visibility": "public"}, 2)
    assert keys(await found(gate.as_(), "Sondersitzung")) == ["sitzung"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"q": "..."}, "q"),
        ({"q": "-armut"}, "q"),
        ({"q": "a " * 21 + "b c d e f g h i j k l m n o p q r s t u v"}, "q"),
        ({"q": "x" * 301}, "q"),
        ({"q": "armut", "category": "persons"}, "category"),
        ({"q": "armut", "page": "26", "page_size": "20"}, "page"),
        ({"q": "armut", "page_size": "101"}, "page_size"),
        ({"q": "armut", "lang": "fr"}, "lang"),
    ],
)
async def test_a_question_that_asks_nothing_or_too_much_is_refused(
    gate: Door, query: dict[str, str], parameter: str
) -> None:
    response = await gate.get("/search", params=query)
    assert response.status_code == 422
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


async def test_another_town_finds_nothing(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", BOARD)
    elsewhere = gate.municipality.model_copy(update={"key": "other-town", "id": 169999999998})
    other = Door(gate.client, gate.signer, elsewhere)
    assert (await found(other, "beirat"))["total"] == 0


async def test_a_grant_is_called_by_what_it_funds(boards: Door, projects: Door, gate: Door) -> None:
    town = {"key": "stadt", "name": {"de": "Stadt"}, "kind": "administration"}
    await boards.made("/organisations", town)
    programme = {
        "key": "biwaq-iv",
        "name": {"de": "Bildung, Wirtschaft, Arbeit im Quartier"},
        "short_name": {"de": "BIWAQ"},
    }
    await projects.made("/programmes", programme)
    project = {"key": "quartier", "name": {"de": "Lobeda arbeitet"}, "programmes": ["biwaq-iv"]}
    await projects.made("/projects", {**project, "starts_on": "2024-01-01", "state": "running"})
    grant = {
        "key": "bescheid",
        "project": "quartier",
        "programme": "biwaq-iv",
        "grantee": "stadt",
        "amount": "90.00",
        "reference": "AZ-4711",
    }
    await projects.made("/grants", grant)
    assert keys(await found(gate, "BIWAQ"))[0] == "biwaq-iv"
    assert keys(await found(gate, "AZ-4711")) == ["bescheid"]
    await projects.patch("/projects/quartier", {"name": {"de": "Winzerla arbeitet"}})
    assert "bescheid" in keys(await found(gate, "Winzerla"))
    assert keys(await found(gate, "Lobeda")) == []


async def test_what_was_probably_meant_is_searched_instead(boards: Door, gate: Door) -> None:
    await boards.made("/bodies", BOARD)
    answer = await found(gate.as_(), "Armutspräventon")
    assert answer["did_you_mean"] == "Armutsprävention"
    assert answer["corrected"] is True
    assert keys(answer) == ["beirat"]
    assert "<mark>" not in answer["did_you_mean"]
    twice = await found(gate.as_(), '"Beirat Armutspräventon" -Stadtrat')
    assert twice["did_you_mean"] == '"Beirat Armutsprävention" -Stadtrat'
    right = await found(gate.as_(), "Armutsprävention")
    assert (right["did_you_mean"], right["corrected"]) == (None, False)
    nothing = await found(gate.as_(), "xyzzyx")
    assert (nothing["did_you_mean"], nothing["total"], nothing["pages"]) == (None, 0, 0)


async def test_a_word_is_forgotten_with_the_last_document_that_has_it(
    boards: Door, gate: Door
) -> None:
    await boards.made("/bodies", BOARD)
    await boards.made("/papers", paper("papier", "Quartiersmanagement Lobeda"))
    assert (await found(gate.as_(), "Quartiersmanagment"))["did_you_mean"] == "Quartiersmanagement"
    await boards.patch("/papers/papier", {"title": {"de": "Anderes"}})
    assert (await found(gate.as_(), "Quartiersmanagment"))["did_you_mean"] is None


async def test_names_are_suggested_while_somebody_types(
    boards: Door, indicators: Door, gate: Door
) -> None:
    await boards.made("/bodies", BOARD)
    topic = {"key": "armut", "name": {"de": "Armut", "en": "Poverty"}, "kind": "topic"}
    await indicators.made("/topics", topic)
    await boards.made("/papers", paper("selbst", "Armutsbericht", reference="24/0815-BV"))
    await boards.made("/bodies", {**COUNCIL, "visibility": "members"})
    # What begins like it comes before what has it further on.
    assert await suggested(gate.as_(), "Armu") == ["armut", "selbst", "beirat"]
    assert await suggested(gate.as_(), "armu", limit=1) == ["armut"]
    assert await suggested(gate.as_(), "Beirat Armutsprae") == ["beirat"]
    assert await suggested(gate.as_(), "24/08") == ["selbst"]
    assert await suggested(gate.as_(), "Stadtr") == []
    assert await suggested(gate.as_("supplier"), "Stadtr") == []
    assert await suggested(gate.as_("member"), "Stadtr") == ["stadtrat"]
    assert await suggested(gate.as_("planner"), "Stadtr") == ["stadtrat"]


async def test_nothing_is_suggested_for_nothing(gate: Door) -> None:
    for wrong in ("a", "--", "x" * 101):
        assert (await gate.get("/suggestions", params={"q": wrong})).status_code == 422


async def test_little_that_was_found_may_be_misspelt(boards: Door, gate: Door) -> None:
    await boards.made("/papers", paper("falsch", "Quartiersmanagment Winzerla"))
    await boards.made("/papers", paper("kurz", "Quartiersmanagements"))
    for number in range(5):
        await boards.made("/papers", paper(f"richtig-{number}", f"Quartiersmanagement {number}"))
    answer = await found(gate.as_(), "Quartiersmanagment")
    # What was found stays, and what is spelt more often is named.
    assert (answer["did_you_mean"], answer["corrected"]) == ("Quartiersmanagement", False)
    assert keys(answer) == ["falsch"]
    answer = await found(gate.as_(), "Quartiersmanagment -Winzerla")
    assert (answer["did_you_mean"], answer["corrected"]) == (
        "Quartiersmanagement -Winzerla",
        True,
    )
    # A word that is as rare as it is right is left alone.
    assert (await found(gate.as_(), "Winzerla"))["did_you_mean"] is None


async def test_who_may_see_a_word_may_have_meant_it(boards: Door, gate: Door) -> None:
    for key, visibility, word in (
        ("beraten", "members", "Zwischenlager"),
        ("intern", "administration", "Personalentwicklung"),
    ):
        await boards.made(
            "/bodies",
            {**BOARD, "key": key, "name": {"de": word}}
            | {"visibility": visibility, "description": None},
        )
    meant = {
        role: [
            (await found(gate.as_(*([role] if role else [])), q))["did_you_mean"]
            for q in ("Zwischenlagr", "Personalentwiklung")
        ]
        for role in ("secretary", "member", "supplier", None)
    }
    assert meant == {
        "secretary": ["Zwischenlager", "Personalentwicklung"],
        "member": ["Zwischenlager", None],
        "supplier": [None, None],
        None: [None, None],
    }
