"""A town with bodies that advise, steer and decide, each with one member and a running meeting."""

from typing import Any

from tests.integration.boards.council import a_meeting, a_paper, a_power, an_item, text
from tests.support.copies import copied
from tests.support.towns import Door

BODIES = {
    "beirat": ("advisory_board", ["advises"]),
    "lenkungsgruppe": ("steering_group", ["steers"]),
    "ausschuss": ("committee", ["decides"]),
    "stadtrat": ("council", ["decides"]),
}
THREE_MEMBERS = ("m-stadtrat", "m-2", "m-3")


@copied
async def bodies(door: Door, *keys: str) -> None:
    """These bodies, each with a meeting that is running and its one member there."""
    await door.made("/organisations", {"key": "amt", "name": text("Amt"), "kind": "administration"})
    for key in keys or BODIES:
        kind, mandates = BODIES[key]
        await a_body_that_meets(door, key, kind, mandates)


async def a_body_that_meets(door: Door, key: str, kind: str, mandates: list[str]) -> None:
    await door.made(
        "/bodies", {"key": key, "name": text(key.title()), "kind": kind, "mandates": mandates}
    )
    rule = {"kind": "open", "minimum": 1, "maximum": 1}
    await door.made(
        "/seats", {"key": f"sitz-{key}", "body": key, "name": text("Sitz"), "rule": rule}
    )
    person = {"key": f"p-{key}", "given_name": "Max", "family_name": "Mustermann"}
    await door.made("/persons", person)
    await door.made(
        "/memberships",
        {
            "key": f"m-{key}",
            "person": f"p-{key}",
            "body": key,
            "seat": f"sitz-{key}",
            "voting": True,
            "starts_on": "2024-07-01",
        },
    )
    await a_running_meeting(door, key)


async def a_running_meeting(door: Door, body: str, number: int = 1) -> None:
    """The meeting `<body>-1` with the items `<body>-1-a` to `-c`, and everybody there."""
    meeting = f"{body}-{number}"
    starts_at = f"2026-03-{9 + number + list(BODIES).index(body):02}T13:00:00+01:00"
    await door.made("/meetings", a_meeting(meeting, body=body, starts_at=starts_at))
    for place in "abc":
        await door.made(
            f"/meetings/{meeting}/agenda-items", an_item(place.upper(), key=f"{meeting}-{place}")
        )
    for revision, state in enumerate(("invited", "running"), 1):
        stepped = await door.patch(f"/meetings/{meeting}", {"state": state}, revision)
        assert stepped.status_code == 200, stepped.text
    await door.made(
        "/attendances",
        {
            "key": f"at-{meeting}",
            "meeting": meeting,
            "membership": f"m-{body}",
            "present": True,
        },
    )


@copied
async def three_members(door: Door) -> None:
    """A council of three, all of them there, and an advisory board; a paper before both."""
    await bodies(door, "beirat", "stadtrat")
    await door.patch("/seats/sitz-stadtrat", {"rule": {"kind": "open", "minimum": 3, "maximum": 3}})
    for key in THREE_MEMBERS[1:]:
        person = {"key": f"p-{key}", "given_name": "Max", "family_name": "Mustermann"}
        await door.made("/persons", person)
        await door.made(
            "/memberships",
            {
                "key": key,
                "person": f"p-{key}",
                "body": "stadtrat",
                "seat": "sitz-stadtrat",
                "voting": True,
                "starts_on": "2024-07-01",
            },
        )
        there = {"meeting": "stadtrat-1", "membership": key, "present": True}
        await door.made("/attendances", {"key": f"at-{key}", **there})
    await door.made("/papers", a_paper(dated_on="2026-03-01"))
    await on_the_way(door, ("beirat", "advises"), ("stadtrat", "decides"))


async def put(door: Door, body: str, place: str = "a", key: str | None = None, **more: Any) -> str:
    """Put a question to the vote in the running meeting of the body; its key."""
    key = key or f"v-{body}-{place}"
    await door.made(
        "/votes",
        {
            "key": key,
            "meeting": f"{body}-1",
            "agenda_item": f"{body}-1-{place}",
            "question": text("Wer ist dafür?"),
            **more,
        },
    )
    return key


async def voted(door: Door, body: str, place: str = "a", yes: int = 1, **more: Any) -> str:
    """A vote that was closed; its key."""
    key = await put(door, body, place, **more)
    counts = {"yes": yes, "no": 1 - yes}
    closed = await door.post(
        f"/votes/{key}/closing", {"counts": counts, "at": await _during(door, body)}
    )
    assert closed.status_code == 200, closed.text
    return key


async def _during(door: Door, body: str) -> str:
    starts: str = (await door.get(f"/meetings/{body}-1")).json()["starts_at"]
    return starts.replace("12:00", "12:30")


async def on_the_way(door: Door, *steps: tuple[str, str], paper: str = "vorlage-1") -> None:
    """Put the paper before bodies, each on item a of its meeting: `("beirat", "advises")`."""
    for body, role in steps:
        await door.made(
            "/consultations",
            {
                "key": f"c-{body}",
                "paper": paper,
                "body": body,
                "role": role,
                "meeting": f"{body}-1",
                "agenda_item": f"{body}-1-a",
            },
        )


async def the_board_advises(door: Door) -> None:
    """The board recommends on the paper; the committee is to decide."""
    await on_the_way(door, ("beirat", "advises"), ("ausschuss", "decides"))
    await door.made("/recommendations", a_recommendation(await voted(door, "beirat")))


def a_recommendation(vote: str, key: str = "r-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "vote": vote,
        "title": text("Empfehlung"),
        "text": text("Der Beirat empfiehlt es."),
        **more,
    }


def a_resolution(vote: str, key: str = "b-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "vote": vote,
        "title": text("Beschluss"),
        "text": text("Es wird beschlossen."),
        **more,
    }


def answers(kind: str, recommendation: str = "r-1", **more: Any) -> dict[str, Any]:
    return {"responses": [{"recommendation": recommendation, "kind": kind, **more}]}


@copied
async def decisions(door: Door) -> None:
    """One of each that rests on a vote, and a task: `DECIDED` names them."""
    await bodies(door, "beirat", "lenkungsgruppe", "stadtrat")
    await door.made("/recommendations", a_recommendation(await voted(door, "beirat")))
    await door.made("/resolutions", a_resolution(await voted(door, "stadtrat")))
    power = a_power("empfehlungen", "lenkungsgruppe", "sets_recommendations")
    await door.made("/powers", power)
    vote = await voted(door, "lenkungsgruppe")
    about = {"subject": "recommendations", "subject_key": "r-1", "title": text("Festlegung")}
    await door.made("/acts", {"key": "akt-1", "power": "empfehlungen", "vote": vote, **about})
    await door.made(
        "/implementations",
        {"key": "i-1", "resolution": "b-1", "task": text("Bescheide"), "responsible": "amt"},
    )


DECIDED: dict[str, tuple[str, dict[str, Any]]] = {
    "/recommendations": ("r-1", {"title": {"en": "Recommendation"}}),
    "/resolutions": ("b-1", {"title": {"en": "Resolution"}}),
    "/acts": ("akt-1", {"title": {"en": "Act"}}),
    "/implementations": ("i-1", {"task": {"en": "Notices"}}),
}
"""Collection -> the one in it, and a change of it."""


async def state(door: Door, address: str) -> str:
    """How something stands now."""
    found: str = (await door.get(address)).json()["state"]
    return found


async def contested(door: Door, body: str, place: str = "a") -> str:
    """The member of a body declares a conflict of interest; the address at which it is decided."""
    interest = {"agenda_item": f"{body}-1-{place}", "membership": f"m-{body}"}
    return f"/exclusions/{(await door.made('/exclusions', interest))['key']}/decision"


async def judged(door: Door, decision: str, found: str) -> None:
    """A conflict of interest is confirmed or dismissed."""
    answer = await door.post(decision, {"state": found, "reason": text("Leitet die Einrichtung?")})
    assert answer.status_code == 200, answer.text
