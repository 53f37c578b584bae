"""What people say: handed in without a name, answered, taken back, erased."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.boards.contributions import commands as contribution_commands
from services.boards.contributions import queries
from services.boards.erasures import commands
from services.boards.files.commands import erase_all
from services.kit.days import today
from services.kit.settings import Settings
from tests.integration.boards.beside import AREAS, apps
from tests.integration.boards.council import a_body, a_contribution, a_person, a_process, day
from tests.integration.boards.erasing import database, found, work
from tests.support.towns import Door, new_town

__all__ = ["apps", "database"]

CHOSEN = {"category": "wohnen", "target_group": "familien", "area": "lobeda"}
PLANTED = {"text": "Ich bin plantaperson und wohne in der Plantastraße 7777777."}
WORDS = ("plantaperson", "7777777", "plantaaccount")


async def prepared(boards: Door, **more: Any) -> None:
    await boards.made("/bodies", a_body())
    await boards.made("/participation-processes", a_process(areas=AREAS, **more))


async def handed_in(door: Door, **more: Any) -> dict[str, Any]:
    return await door.made("/contributions", a_contribution(**more))


async def fall_due(database: asyncpg.Connection, boards: Door) -> None:
    """Let the day come on which the processes' contributions are erased."""
    await database.execute(
        "UPDATE participation_process SET delete_on = $2, revision = revision + 1"
        " WHERE municipality_id = $1",
        boards.municipality.id,
        today(),
    )


async def mine(door: Door, token: str, what: str = "mine") -> Any:
    return await door.post(f"/contributions/{what}", {"token": token})


async def test_anybody_hands_in_and_gets_a_token_once(boards: Door) -> None:
    await prepared(boards)
    once = {"Idempotency-Key": "the-same-key"}
    answer = await boards.as_().post("/contributions", a_contribution(**CHOSEN), headers=once)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    receipt = answer.json()
    assert len(receipt["token"]) == 43
    assert (receipt["state"], receipt["answer_due_on"]) == ("received", day(60))
    again = await boards.as_().post("/contributions", a_contribution(**CHOSEN), headers=once)
    assert again.json()["token"] != receipt["token"], "a token is never repeated"
    own = await mine(boards.as_(), receipt["token"])
    assert own.headers["cache-control"] == "no-store"
    assert (own.json()["key"], own.json()["text"]) == (receipt["key"], a_contribution()["text"])
    assert own.json()["area"] == "lobeda"


async def test_nothing_says_who_handed_it_in(boards: Door, database: asyncpg.Connection) -> None:
    await prepared(boards)
    citizen = boards.as_("member", subject="oidc:plantaaccount")
    receipt = await handed_in(citizen, **PLANTED)
    hits = await found(database, boards.municipality.id, (receipt["token"], "plantaaccount"))
    assert hits == []
    history = (await boards.get(f"/contributions/{receipt['key']}/history")).json()
    assert [state["actor"] for state in history] == ["anonymous"]
    journal = await found(database, boards.municipality.id, ("plantaperson",))
    assert {hit.partition(":")[0] for hit in journal} == {"boards.contribution", "boards.history"}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"since": 1}, 409),
        ({"since": 12}, 422),
        ({"since": -11}, 409),
        ({"cancelled_on": day(0)}, 409),
        ({"visibility": "administration"}, 422),
    ],
)
async def test_only_a_process_in_its_submission_step_takes_contributions(
    boards: Door, more: dict[str, Any], status: int
) -> None:
    await prepared(boards, **more)
    refused = await boards.as_().post("/contributions", a_contribution())
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["pointer"] == "/process"
    assert (await boards.get("/contributions")).json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"process": "nothing"}, "/process"),
        ({"category": "hobby"}, "/category"),
        ({"area": "elsewhere"}, "/area"),
        ({"target_group": "others"}, "/target_group"),
        ({"consent": False}, "/consent"),
        ({"consent_version": "0"}, "/consent_version"),
        ({"text": "x" * 5_001}, "/text"),
        ({"name": "Erika"}, "/name"),
    ],
)
async def test_a_contribution_that_cannot_be_is_refused_and_not_kept(
    boards: Door, wrong: dict[str, Any], pointer: str
) -> None:
    await prepared(boards)
    refused = await boards.as_().post("/contributions", a_contribution(**wrong))
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await boards.get("/contributions")).json()["items"] == []


async def test_where_one_has_to_sign_in_nobody_else_contributes(boards: Door) -> None:
    await prepared(boards, anonymous=False)
    refused = await boards.as_().post("/contributions", a_contribution())
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert (await boards.as_("member").post("/contributions", a_contribution())).status_code == 201


async def test_letters_are_entered_by_the_office_also_when_the_days_are_over(boards: Door) -> None:
    await prepared(boards, since=-11)
    letter = a_contribution(channel="paper")
    for door in (boards.as_(), boards.as_("member"), boards.as_("controller")):
        assert (await door.post("/contributions", letter)).status_code == 403
    receipt = await handed_in(boards.as_("secretary"), channel="paper")
    history = (await boards.get(f"/contributions/{receipt['key']}/history")).json()
    assert history[0]["actor"] == "test:clerk"


async def test_nothing_is_public_before_it_was_moderated(boards: Door) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_(), **CHOSEN, **PLANTED)
    address = f"/contributions/{receipt['key']}"
    assert (await boards.as_().get(address)).status_code == 404
    assert (await boards.as_("member").get("/contributions")).json()["items"] == []
    cleaned = {"state": "published", "published_text": "Ich brauche einen Bus."}
    moderated = await boards.as_("secretary").post(f"{address}/moderation", cleaned)
    assert moderated.status_code == 200, moderated.text
    assert moderated.json()["original"] == PLANTED["text"]
    public = await boards.as_().get(address)
    assert (public.json()["text"], public.json()["original"]) == ("Ich brauche einen Bus.", None)
    assert (public.json()["area"], public.json()["target_group"]) == (None, None)
    assert public.json()["category"] == "wohnen"
    assert "planta" not in public.text
    hidden = {"state": "hidden", "reason": "personal_data"}
    await boards.post(f"{address}/moderation", hidden)
    assert (await boards.as_().get(address)).status_code == 404
    own = (await mine(boards.as_(), receipt["token"])).json()
    assert (own["state"], own["hiding_reason"]) == ("hidden", "personal_data")


async def test_only_the_office_moderates_and_answers(boards: Door) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_())
    address = f"/contributions/{receipt['key']}"
    answer = {"decision": "accepted", "reason": {"de": "Ja."}}
    for path, body in (("moderation", {"state": "published"}), ("answer", answer)):
        assert (await boards.as_().post(f"{address}/{path}", body)).status_code == 401
        assert (await boards.as_("planner").post(f"{address}/{path}", body)).status_code == 403
    assert (await boards.as_().get(f"{address}/history")).status_code == 401
    unfounded = await boards.post(f"{address}/answer", {"decision": "rejected"})
    assert unfounded.json()["errors"][0]["pointer"] == "/reason"
    silent = await boards.post(f"{address}/moderation", {"state": "hidden"})
    assert silent.status_code == 422


async def test_each_contribution_is_answered_and_the_late_ones_are_listed(boards: Door) -> None:
    await prepared(boards, answer_days=1)
    first, second = [(await handed_in(boards.as_()))["key"] for _ in range(2)]
    hidden = (await handed_in(boards.as_()))["key"]
    await boards.post(
        f"/contributions/{hidden}/moderation", {"state": "hidden", "reason": "insult"}
    )
    answer = {"decision": "rejected", "reason": {"de": "Dafür ist der Landkreis zuständig."}}
    answered = await boards.post(f"/contributions/{first}/answer", answer)
    assert answered.json()["answer"] == {**answer, "answered_on": day(0)}
    open_ones = (await boards.get("/contributions?answered=false")).json()["items"]
    assert {one["key"] for one in open_ones} == {second, hidden}
    assert (await boards.get("/contributions?overdue=true")).json()["items"] == []
    changed = await boards.post(f"/contributions/{first}/answer", {**answer, "decision": "partly"})
    assert (changed.json()["answer"]["decision"], changed.json()["revision"]) == ("partly", 3)


async def test_an_answer_that_waits_too_long_is_overdue(
    boards: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    await prepared(boards, answer_days=30)
    late = (await handed_in(boards.as_()))["key"]
    done = (await handed_in(boards.as_()))["key"]
    await boards.post(
        f"/contributions/{done}/answer", {"decision": "accepted", "reason": {"de": "Ja."}}
    )
    for days, overdue in ((30, []), (31, [late])):
        monkeypatch.setattr(queries, "today", lambda days=days: today() + timedelta(days))
        listed = (await boards.get("/contributions?overdue=true")).json()["items"]
        assert [one["key"] for one in listed] == overdue
        assert all(one["overdue"] for one in listed)


async def test_who_wants_to_know_the_area_of_one_contribution_is_refused(boards: Door) -> None:
    await prepared(boards)
    await handed_in(boards.as_(), **CHOSEN)
    for question in ("area=lobeda", "target_group=familien"):
        assert (await boards.as_().get(f"/contributions?{question}")).status_code == 403
        assert (await boards.as_("member").get(f"/contributions?{question}")).status_code == 403
        office = await boards.as_("planner").get(f"/contributions?{question}")
        assert len(office.json()["items"]) == 1
    for question in ("category=wohnen", "process=dialog", "state=received"):
        assert len((await boards.get(f"/contributions?{question}")).json()["items"]) == 1
    assert (await boards.get("/contributions?category=bildung")).json()["items"] == []


async def test_what_is_taken_back_is_nowhere_and_the_token_ends(
    boards: Door, database: asyncpg.Connection
) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_(), **CHOSEN, **PLANTED)
    await boards.post(f"/contributions/{receipt['key']}/moderation", {"state": "published"})
    done = await mine(boards.as_(), receipt["token"], "withdrawal")
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    assert done.headers["cache-control"] == "no-store"
    assert await found(database, boards.municipality.id, WORDS) == []
    assert (await boards.as_().get(f"/contributions/{receipt['key']}")).status_code == 404
    left = (await boards.get(f"/contributions/{receipt['key']}")).json()
    assert (left["state"], left["original"], left["area"]) == ("withdrawn", None, None)
    for what in ("mine", "withdrawal"):
        assert (await mine(boards.as_(), receipt["token"], what)).status_code == 404
    for step, body in (
        ("moderation", {"state": "published"}),
        ("answer", {"decision": "accepted", "reason": {"de": "Ja."}}),
    ):
        refused = await boards.post(f"/contributions/{receipt['key']}/{step}", body)
        assert refused.status_code == 409


async def test_a_token_that_is_none_opens_nothing(boards: Door) -> None:
    await prepared(boards)
    await handed_in(boards.as_())
    for token, status in (("a" * 43, 404), ("short", 422), ("'; drop table", 422)):
        for what in ("mine", "withdrawal"):
            assert (await mine(boards.as_(), token, what)).status_code == status


async def test_at_the_deletion_date_words_go_and_facts_stay(
    boards: Door,
    apps: dict[str, FastAPI],
    settings: Settings,
    database: asyncpg.Connection,
) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_(), **CHOSEN, **PLANTED)
    address = f"/contributions/{receipt['key']}"
    await boards.post(
        f"{address}/answer", {"decision": "partly", "reason": {"de": "Gut, plantaperson."}}
    )
    await boards.post(f"{address}/moderation", {"state": "published"})
    await commands.erase_what_is_due(work(boards, apps, settings))
    assert (await boards.get(address)).json()["original"] == PLANTED["text"]
    await fall_due(database, boards)
    await commands.erase_what_is_due(work(boards, apps, settings))
    assert await found(database, boards.municipality.id, WORDS) == []
    left = (await boards.get(address)).json()
    assert (left["original"], left["text"], left["category"]) == (None, None, "wohnen")
    assert left["answer"] == {"decision": "partly", "reason": None, "answered_on": day(0)}
    assert (await mine(boards.as_(), receipt["token"])).status_code == 404


async def test_whose_erasure_fails_holds_up_nobody_else(
    boards: Door,
    apps: dict[str, FastAPI],
    settings: Settings,
    database: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await prepared(boards)
    spoken = [await handed_in(boards.as_()) for _ in range(2)]
    for key in ("p-1", "p-2", "p-3"):
        await boards.made("/persons", a_person(key, delete_on=day(0)))
    await fall_due(database, boards)
    bad = {"p-2", spoken[0]["key"]}

    async def failing(session: Any, kind: Any, key: str) -> int:
        if key in bad:
            raise RuntimeError(key)
        return await erase_all(session, kind, key)

    with monkeypatch.context() as broken:
        broken.setattr(commands, "erase_all", failing)
        broken.setattr(contribution_commands, "erase_all", failing)
        with pytest.raises(ExceptionGroup) as failed:
            await commands.erase_what_is_due(work(boards, apps, settings))
    assert {str(error) for error in failed.value.exceptions} == bad
    assert await left(boards) == bad, "whole, and due again"
    await commands.erase_what_is_due(work(boards, apps, settings))
    assert await left(boards) == set()


async def left(boards: Door) -> set[str]:
    """Persons with a name and contributions with words."""
    persons = (await boards.get("/persons")).json()["items"]
    said = (await boards.get("/contributions")).json()["items"]
    named = {one["key"] for one in persons if one["family_name"]}
    return named | {one["key"] for one in said if one["original"]}


async def test_another_town_sees_no_contribution_and_takes_no_token(
    boards: Door, doors: Any
) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_())
    elsewhere = doors("boards", new_town())
    assert (await elsewhere.get(f"/contributions/{receipt['key']}")).status_code == 404
    assert (await mine(elsewhere, receipt["token"])).status_code == 404
    assert (await mine(elsewhere, receipt["token"], "withdrawal")).status_code == 404
    assert (await mine(boards.as_(), receipt["token"])).status_code == 200


async def test_who_lost_the_token_asks_the_office(
    boards: Door, database: asyncpg.Connection
) -> None:
    await prepared(boards)
    receipt = await handed_in(boards.as_(), **CHOSEN, **PLANTED)
    address = f"/contributions/{receipt['key']}/erasure"
    assert (await boards.as_().post(address)).status_code == 401
    assert (await boards.as_("planner").post(address)).status_code == 403
    done = await boards.as_("secretary").post(address)
    assert (done.status_code, done.json()["state"]) == (200, "withdrawn")
    assert await found(database, boards.municipality.id, WORDS) == []
    assert (await boards.post(address)).status_code == 409


async def test_the_letter_that_was_scanned_goes_with_the_contribution(
    boards: Door, database: asyncpg.Connection
) -> None:
    await prepared(boards)
    receipt = await handed_in(boards, channel="paper", **PLANTED)
    said = {"subject_kind": "contribution", "subject": receipt["key"], "role": "auxiliary"}
    sent = await boards.post(
        "/files",
        content=b"plantaperson schreibt",
        params={"file_name": "plantaperson.txt", "visibility": "administration", **said},
        headers={"Content-Type": "text/plain"},
    )
    assert sent.status_code == 201, sent.text
    await mine(boards.as_(), receipt["token"], "withdrawal")
    assert await found(database, boards.municipality.id, WORDS) == []


async def test_a_page_of_contributions_costs_three_statements(
    boards: Door, statements: list[str]
) -> None:
    await prepared(boards)
    for _ in range(3):
        receipt = await handed_in(boards.as_())
        await boards.post(f"/contributions/{receipt['key']}/moderation", {"state": "published"})
    for reader in (boards, boards.as_()):
        statements.clear()
        listed = await reader.get("/contributions?limit=50")
        assert len(listed.json()["items"]) == 3
        assert len(statements) == 3
