"""Whatever happens in a meeting, in whatever order: its votes are lawful and its secrets kept.

A hypothesis state machine invites, opens, notes who is there, excludes, votes, closes items to the
public and shows them again, writes minutes and lets a later meeting approve them. After each step
what is stored and told is held against a model that knows nothing of the services.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import a_meeting, an_item, text
from tests.integration.boards.sitting import AGENDA, MEETING, an_invitation, opened
from tests.support.oparl import Reader
from tests.support.sequences import Run, walked
from tests.support.towns import Door, new_town

MEMBERS = ("m-1", "m-2", "m-3")
ITEMS = ("a-1", "a-2")
SECRET = "Geheimnis"
LATER = "/meetings/sitzung-2"
TOLD = (
    f"{AGENDA}",
    f"{MEETING}/agenda",
    "/votes",
    "/minutes/sitzung-1/proceedings",
    "/minutes/sitzung-1/document?format=html",
    "/meetings/feed.atom",
)
"""Where everybody reads of the meeting."""
members, items = st.sampled_from(MEMBERS), st.sampled_from(ITEMS)


async def a_council(door: Door) -> None:
    """A council of three, a meeting with an open and a closed item, and one that comes later."""
    body = {"key": "stadtrat", "name": text("Stadtrat"), "kind": "council", "mandates": ["decides"]}
    await door.made("/bodies", body)
    rule = {"kind": "open", "minimum": 3, "maximum": 3}
    seat = {"key": "sitz", "body": "stadtrat", "name": text("Sitz"), "rule": rule}
    await door.made("/seats", seat)
    for key in MEMBERS:
        person = {"key": f"p-{key}", "given_name": "Max", "family_name": "Mustermann"}
        await door.made("/persons", {**person, "visibility": "public"})
        new = {"key": key, "person": f"p-{key}", "body": "stadtrat", "seat": "sitz"}
        await door.made("/memberships", {**new, "voting": True, "starts_on": "2024-07-01"})
    await door.made("/meetings", a_meeting(body="stadtrat"))
    await door.made(AGENDA, an_item("1", key="a-1", title=text("Bekannt")))
    await door.made(AGENDA, an_item("2", key="a-2", title=text(SECRET), public=False))
    starts_at = "2026-03-26T13:00:00+01:00"
    await door.made("/meetings", a_meeting("sitzung-2", body="stadtrat", starts_at=starts_at))
    await door.made(f"{LATER}/agenda-items", an_item(key="b-1"))
    await door.made(f"{LATER}/invitation", an_invitation("2026-03-20"))
    await opened(door, "sitzung-2")
    for key in MEMBERS:
        there = {"meeting": "sitzung-2", "membership": key, "present": True}
        await door.made("/attendances", {"key": f"b-{key}", **there})


def needed(excluded: int) -> int:
    """More than half of three; a third when more than half are excluded (§ 36 ThürKO)."""
    return 1 if 2 * excluded > len(MEMBERS) else 2


def machine(
    run: Run, open_door: Callable[[], Door], reached: Counter[str]
) -> type[RuleBasedStateMachine]:
    """The machine, whose steps `run` on the loop of the services."""

    class Meeting(RuleBasedStateMachine):
        @initialize(in_time=st.sampled_from([True, True, False]), come=st.sets(members, min_size=1))
        def convene(self, in_time: bool, come: set[str]) -> None:
            self.door, self.in_time, self.state = open_door(), in_time, "planned"
            self.there: set[str] = set()
            self.noted: set[str] = set()
            self.excluded = {item: set[str]() for item in ITEMS}
            self.closed: dict[str, tuple[set[str], set[str]]] = {}
            self.made, self.approved, self.hidden = 0, False, {"a-2"}
            run(a_council(self.door))
            assert self.vote("a-1", 0, 0) is None
            received_on = "2026-03-07" if in_time else "2026-03-11"
            run(self.door.made(f"{MEETING}/invitation", an_invitation(received_on)))
            assert self.vote("a-1", 0, 0) is None
            run(opened(self.door))
            self.state = "running"
            for who in sorted(come):
                self.note(who, present=True)

        def sent(self, way: str, address: str, body: Any) -> Any:
            if way == "patch":
                revision = run(self.door.get(address)).json()["revision"]
                answer = run(self.door.patch(address, body, revision))
            else:
                answer = run(self.door.post(address, body))
            assert answer.status_code < 500, answer.text
            return answer

        @rule(who=members, present=st.sampled_from([True, True, False]))
        def attend(self, who: str, present: bool) -> None:
            self.note(who, present)

        @precondition(lambda self: self.there != set(MEMBERS))
        @rule()
        def all_come(self) -> None:
            for who in set(MEMBERS) - self.there:
                self.note(who, present=True)

        def note(self, who: str, present: bool) -> None:
            said = {"present": present, "reason": None if present else text("krank")}
            new = {"key": f"at-{who}", "meeting": "sitzung-1", "membership": who, **said}
            if who in self.noted:
                answer = self.sent("patch", f"/attendances/at-{who}", said)
            else:
                answer = self.sent("post", "/attendances", new)
            if answer.status_code in (200, 201):
                self.noted.add(who)
                (self.there.add if present else self.there.discard)(who)

        @rule(item=items, who=members, state=st.sampled_from(["confirmed", "dismissed"]))
        def exclude(self, item: str, who: str, state: str) -> None:
            found = run(self.door.get(f"/exclusions?agenda_item={item}")).json()["items"]
            known = [one for one in found if one["membership"] == who]
            new = {"agenda_item": item, "membership": who}
            exclusion = known[0] if known else self.sent("post", "/exclusions", new).json()
            decision = {"state": state, "reason": text("Beteiligt")}
            answer = self.sent("post", f"/exclusions/{exclusion['key']}/decision", decision)
            if answer.status_code == 200:
                change = set.add if state == "confirmed" else set.discard
                change(self.excluded[item], who)

        @rule(item=items, yes=st.integers(0, 3), no=st.integers(0, 1))
        def count(self, item: str, yes: int, no: int) -> None:
            self.vote(item, yes, no)

        @rule(item=items, against=st.integers(0, 1))
        def all_vote(self, item: str, against: int) -> None:
            voters = len(self.there - self.excluded[item])
            self.vote(item, max(0, voters - against), min(voters, against))

        @rule(item=items, callers=st.sets(members))
        def call_the_roll(self, item: str, callers: set[str]) -> None:
            """Whoever is called answers yes, be they there, excluded or not."""
            if self.vote(item, method="roll_call", ballots=yes_of(callers)) is not None:
                assert callers == self.there - self.excluded[item]

        @rule(item=items, seen=st.sets(members, max_size=1))
        def vote_in_secret(self, item: str, seen: set[str]) -> None:
            """Somebody's vote was seen and written down: that is refused."""
            voters = len(self.there - self.excluded[item])
            if self.vote(item, voters, method="secret", ballots=yes_of(seen)) is not None:
                reached["secret"] += 1
                assert not seen

        def vote(
            self, item: str, yes: int = 0, no: int = 0, method: str = "open", ballots: Any = ()
        ) -> str | None:
            """Put a question and close it; its key, None where either was refused."""
            self.made += 1
            key = f"v-{self.made}"
            new = {"key": key, "meeting": "sitzung-1", "agenda_item": item}
            new |= {"question": said_of(item), "method": method}
            if self.sent("post", "/votes", new).status_code != 201:
                assert self.state == "planned" or not self.in_time
                reached["not convened"] += 1
                return None
            given = {} if method == "roll_call" else {"counts": counted(yes, no)}
            closing = {**given, "ballots": ballots, "at": "2026-03-12T13:30:00+01:00"}
            answer = self.sent("post", f"/votes/{key}/closing", closing)
            if answer.status_code != 200:
                reached["refused"] += 1
                self.sent("post", f"/votes/{key}/withdrawal", None)
                return None
            reached[answer.json()["outcome"]] += 1
            self.closed[key] = (set(self.there), set(self.excluded[item]))
            assert yes + no <= len(self.there - self.excluded[item])
            return key

        @rule(public=st.booleans())
        def show_or_hide(self, public: bool) -> None:
            """The first item, whose title is a secret while it is closed."""
            change = {"public": public, "title": text("Bekannt" if public else SECRET)}
            if self.sent("patch", f"{AGENDA}/a-1", change).status_code == 200:
                (self.hidden.discard if public else self.hidden.add)("a-1")

        @precondition(lambda self: self.state == "running" and self.closed)
        @rule()
        def end(self) -> None:
            if self.sent("patch", MEETING, {"state": "held"}).status_code == 200:
                self.state = "held"

        @precondition(lambda self: self.state == "held" and not self.approved)
        @rule(note=items)
        def have_minutes_approved(self, note: str) -> None:
            self.write_minutes(note)
            self.approve(3, "minutes")
            assert self.approved

        @rule(note=items)
        def write_minutes(self, note: str) -> None:
            notes = [{"agenda_item": note, "text": said_of(note)}]
            new = {"meeting": "sitzung-1", "readers": "public", "notes": notes}
            self.sent("post", "/minutes", new)

        @rule(yes=st.integers(0, 3), purpose=st.sampled_from(["minutes", "minutes", "decision"]))
        def approve(self, yes: int, purpose: str) -> None:
            """A later meeting votes, on the minutes or on something else."""
            self.made += 1
            vote = {"key": f"v-{self.made}", "meeting": "sitzung-2", "agenda_item": "b-1"}
            vote |= {"question": text("Genehmigt?"), "purpose": purpose}
            assert self.sent("post", "/votes", vote).status_code == 201
            at = "2026-03-26T13:30:00+01:00"
            closing = {"counts": counted(yes, 3 - yes), "at": at}
            assert self.sent("post", f"/votes/{vote['key']}/closing", closing).status_code == 200
            given = {"vote": vote["key"]}
            if self.sent("post", "/minutes/sitzung-1/approval", given).status_code == 200:
                reached["approved"] += 1
                assert (self.state, purpose, yes >= 2) == ("held", "minutes", True)
                assert not self.approved
                self.approved = True

        @invariant()
        def what_was_adopted_is_lawful(self) -> None:
            for one in run(self.door.get("/votes?meeting=sitzung-1")).json()["items"]:
                assert one["method"] != "secret" or not one["ballots"]
                if one["outcome"] != "adopted":
                    continue
                there, excluded = self.closed[one["key"]]
                item = one["agenda_item"]
                voters = there - excluded
                assert one["yes"] > one["no"]
                assert one["yes"] + one["no"] <= len(voters)
                assert len(voters) >= needed(len(excluded))
                assert not {ballot["membership"] for ballot in one["ballots"]} & excluded
                took_part = voters & self.excluded[item]
                assert one["yes"] - len(took_part) > one["no"]
                assert self.in_time or self.there == set(MEMBERS)

        @invariant()
        def what_is_closed_to_the_public_is_told_to_nobody(self) -> None:
            public = self.door.as_()
            for address in TOLD:
                answer = run(public.get(address))
                reached[f"{answer.status_code} {address}"] += 1
                assert SECRET not in answer.text, address
            world = Reader(self.door)
            for name in ("meetings", "agenda-items"):
                assert SECRET not in run(world.get(name)).text
            seen = {one["key"] for one in run(public.get(AGENDA)).json()["items"]}
            assert seen == set(ITEMS) - self.hidden

    return Meeting


def said_of(item: str) -> dict[str, str]:
    """What is voted or noted on an item; the second one is never open to the public."""
    return text(SECRET if item == "a-2" else "Bekannt")


def yes_of(callers: set[str]) -> list[dict[str, str]]:
    return [{"membership": who, "choice": "yes"} for who in sorted(callers)]


def counted(yes: int, no: int) -> dict[str, int]:
    return {"yes": yes, "no": no}


async def test_no_meeting_decides_unlawfully_or_tells_its_secrets(
    doors: Callable[[str, Municipality], Door],
) -> None:
    reached = await walked(
        machine, lambda: doors("boards", new_town()), 12, 20, phases=(Phase.generate,)
    )
    for what in (
        "adopted",
        "rejected",
        "not_quorate",
        "refused",
        "not convened",
        "approved",
        "secret",
    ):
        assert reached[what], reached
    for address in TOLD:
        assert reached[f"200 {address}"], (address, reached)
