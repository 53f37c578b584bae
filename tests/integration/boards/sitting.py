"""A sitting of a council of five, ready to vote."""

from typing import Any

from tests.integration.boards.council import a_meeting, an_item, text
from tests.support.copies import copied
from tests.support.towns import Door

MEETING = "/meetings/sitzung-1"
AGENDA = f"{MEETING}/agenda-items"
MEMBERS = ("m-1", "m-2", "m-3", "m-4", "m-5")
ORGANISATIONS = ("paritaetischer", "universitaet")
ALL = {"yes": 5, "no": 0}


@copied
async def council(door: Door, **more: Any) -> None:
    """A council of five on one seat; the fourth was sent by the association."""
    for key in ORGANISATIONS:
        await door.made("/organisations", {"key": key, "name": text(key), "kind": "association"})
    body = {"key": "stadtrat", "name": text("Stadtrat"), "kind": "council"}
    await door.made("/bodies", {**body, "mandates": ["decides"], **more})
    rule = {"kind": "open", "minimum": 5, "maximum": 5}
    seat = {"key": "sitz", "body": "stadtrat", "name": text("Sitz"), "rule": rule}
    await door.made("/seats", seat)
    for number, key in enumerate(MEMBERS, 1):
        await member(door, key, number, seat="sitz", role="chair" if number == 1 else "member")


async def member(door: Door, key: str, number: int | str, **more: Any) -> dict[str, Any]:
    """Somebody who sits in the council."""
    person = {"key": f"p-{number}", "given_name": "Max", "family_name": "Mustermann"}
    made = await door.made("/persons", {**person, "visibility": "public"})
    sender = "paritaetischer" if key == "m-4" else None
    membership = {
        "key": key,
        "person": f"p-{number}",
        "body": "stadtrat",
        "voting": True,
        "on_behalf_of": sender,
        "starts_on": "2024-07-01",
        **more,
    }
    await door.made("/memberships", membership)
    return made


async def running(door: Door, **item: Any) -> None:
    """A meeting of the council that is running, with one item."""
    await door.made("/meetings", a_meeting(body="stadtrat"))
    await door.made(AGENDA, an_item(key="a-1", **item))
    await door.made(f"{MEETING}/invitation", an_invitation())
    await opened(door)


async def opened(door: Door, meeting: str = "sitzung-1") -> None:
    """The meeting begins."""
    address = f"/meetings/{meeting}"
    revision = (await door.get(address)).json()["revision"]
    begun = await door.patch(address, {"state": "running"}, revision)
    assert begun.status_code == 200, begun.text


def an_invitation(received_on: str | None = "2026-03-07", **more: Any) -> dict[str, Any]:
    """In due form for 12 March unless said otherwise: four full days lie between."""
    return {"sent_on": "2026-03-04", "received_on": received_on, **more}


async def present(door: Door, *members: str, **more: Any) -> None:
    """These are there."""
    for key in members:
        await door.made("/attendances", attendance(key, **more))


def attendance(membership: str, **more: Any) -> dict[str, Any]:
    given = {"key": f"at-{membership}", "meeting": "sitzung-1", "membership": membership}
    return {**given, "present": True, **more}


def a_vote(key: str = "v-1", **more: Any) -> dict[str, Any]:
    question = text("Das Familienzentrum wird weiter gefördert.")
    return {
        "key": key,
        "meeting": "sitzung-1",
        "agenda_item": "a-1",
        "question": question,
        **more,
    }


async def vote(door: Door, counts: Any = None, key: str = "v-1", **more: Any) -> dict[str, Any]:
    """A vote that was put and closed with these counts."""
    closing = {name: more.pop(name) for name in ("ballots", "casting", "at") if name in more}
    await door.made("/votes", a_vote(key, **more))
    closed = await door.post(f"/votes/{key}/closing", {"counts": counts, **closing})
    assert closed.status_code == 200, closed.text
    result: dict[str, Any] = closed.json()
    return result
