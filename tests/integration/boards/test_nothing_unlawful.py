"""Whatever the office does, in whatever order: no resolution without mandate, quorum, sound vote.

A hypothesis state machine presses the buttons of the API: attendance, exclusions, votes, mandates,
the way of the paper, amendments, resolutions. After each step what is stored is held against the
rules.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from services.contracts.shared.access import Municipality
from tests.integration.boards.council import an_amendment, text
from tests.integration.boards.deciding import (
    THREE_MEMBERS,
    a_recommendation,
    a_resolution,
    three_members,
    voted,
)
from tests.support.sequences import Run, walked
from tests.support.towns import Door, new_town

MEMBERS = THREE_MEMBERS
NEEDED = 2
ITEMS = st.sampled_from("abc")
WAYS = st.sampled_from(["advises", "hears"])
ANSWER = {
    "decision": {"kind": "follows"},
    "refusal": {"kind": "rejects", "reason": "Der Haushalt trägt es nicht."},
}
MANDATES = st.sampled_from([["decides", "advises"], ["advises"]])


def machine(
    run: Run, open_door: Callable[[], Door], reached: Counter[str]
) -> type[RuleBasedStateMachine]:
    """The machine, whose steps `run` on the loop of the services."""

    class Office(RuleBasedStateMachine):
        votes = Bundle("votes")
        door: Door
        minute: int

        @initialize(target=votes)
        def open(self) -> Any:
            self.door, self.minute = open_door(), 0
            self.there, self.lawful, self.made = set(MEMBERS), {}, 0
            self.turned_down, self.words = dict[str, bool](), dict[str, str]()
            self.excluded = {place: set[str]() for place in "abc"}
            self.may_decide, self.role = True, "decides"
            self.places = dict[str, str]()
            run(three_members(self.door))
            return multiple(run(voted(self.door, "beirat")))

        def patch(self, address: str, change: dict[str, Any]) -> int:
            revision = run(self.door.get(address)).json()["revision"]
            answer = run(self.door.patch(address, change, revision))
            assert answer.status_code < 500, answer.text
            return int(answer.status_code)

        def post(self, address: str, body: dict[str, Any]) -> Any:
            answer = run(self.door.post(address, body))
            assert answer.status_code < 500, answer.text
            return answer

        @rule(member=st.sampled_from(MEMBERS), present=st.booleans())
        def attend(self, member: str, present: bool) -> None:
            key = "at-stadtrat-1" if member == MEMBERS[0] else f"at-{member}"
            reason = None if present else "excused"
            change = {"present": present, "reason": reason}
            if self.patch(f"/attendances/{key}", change) == 200:
                (self.there.add if present else self.there.discard)(member)

        @rule(
            place=ITEMS,
            member=st.sampled_from(MEMBERS),
            state=st.sampled_from(["confirmed", "dismissed"]),
        )
        def exclude(self, place: str, member: str, state: str) -> None:
            self.decide_exclusion(place, member, state)

        def decide_exclusion(self, place: str, member: str, state: str) -> None:
            new = {"agenda_item": f"stadtrat-1-{place}", "membership": member}
            found = run(self.door.get(f"/exclusions?agenda_item=stadtrat-1-{place}")).json()
            known = [one for one in found["items"] if one["membership"] == member]
            exclusion = known[0] if known else self.post("/exclusions", new).json()
            decision = {"state": state, "reason": text("Beteiligt")}
            decided = self.post(f"/exclusions/{exclusion['key']}/decision", decision)
            if decided.status_code == 200:
                change = set.add if state == "confirmed" else set.discard
                change(self.excluded[place], member)

        @rule(target=votes, place=ITEMS, against=st.integers(0, 2))
        def vote(self, place: str, against: int) -> Any:
            """As many votes as can be cast now, so that most votes are closed."""
            return self.count_all(place, against)

        @rule(target=votes, place=ITEMS, yes=st.integers(0, 3), no=st.integers(0, 3))
        def vote_with_any_count(self, place: str, yes: int, no: int) -> Any:
            return self.count(place, yes, no)

        @rule(
            target=votes,
            place=ITEMS,
            against=st.integers(0, 1),
            member=st.sampled_from(MEMBERS),
        )
        def resolve_and_exclude_afterwards(self, place: str, against: int, member: str) -> Any:
            """What was decided turns out to have been decided by somebody with an interest."""
            vote = self.count_all(place, against)
            self.take(vote)
            self.decide_exclusion(place, member, "confirmed")
            return vote

        def count_all(self, place: str, against: int) -> Any:
            voters = len(self.there - self.excluded[place])
            no = min(against, voters)
            return self.count(place, voters - no, no)

        def count(self, place: str, yes: int, no: int) -> Any:
            self.made += 1
            self.minute += 1
            key = f"v-{self.made}"
            new = {
                "key": key,
                "meeting": "stadtrat-1",
                "agenda_item": f"stadtrat-1-{place}",
                "question": text("Wer ist dafür?"),
            }
            assert self.post("/votes", new).status_code == 201
            starts = run(self.door.get("/meetings/stadtrat-1")).json()["starts_at"]
            at = datetime.fromisoformat(starts) + timedelta(minutes=self.minute)
            closing = {"counts": {"yes": yes, "no": no}, "at": at.isoformat()}
            closed = self.post(f"/votes/{key}/closing", closing)
            if closed.status_code == 200:
                self.places[key] = place
                quorate = len(self.there) >= NEEDED
                self.lawful[key] = quorate and yes > no
                self.turned_down[key] = quorate and yes <= no
            return key

        @rule(target=votes, place=ITEMS, now=MANDATES, then=MANDATES)
        def resolve_with_another_mandate(self, place: str, now: list[str], then: list[str]) -> Any:
            """What the council may do now, and what it could on the day of the votes."""
            vote = self.count_all(place, 0)
            self.give_mandates(now, then)
            self.take(vote)
            self.give_mandates(now, ["decides"])
            return vote

        def give_mandates(self, now: list[str], then: list[str]) -> None:
            earlier = [{"until": "2026-06-30", "mandates": then}]
            change = {"mandates": now, "earlier_mandates": earlier}
            if self.patch("/bodies/stadtrat", change) == 200:
                self.may_decide = "decides" in then

        @rule(target=votes, role=WAYS)
        def resolve_on_another_way(self, role: str) -> Any:
            """What the council is asked to do with the paper, which stands on the first item."""
            vote = self.count_all("a", 0)
            self.give_role(role)
            self.take(vote)
            self.give_role("decides")
            return vote

        def give_role(self, role: str) -> None:
            if self.patch("/consultations/c-stadtrat", {"role": role}) == 200:
                self.role = role

        @rule(vote=votes)
        def resolve(self, vote: str) -> None:
            self.take(vote)

        @rule(target=votes, place=ITEMS, member=st.sampled_from(MEMBERS))
        def refuse_and_exclude_afterwards(self, place: str, member: str) -> Any:
            """What was turned down was turned down by somebody with an interest."""
            vote = self.count_all(place, 2)
            self.take(vote, "refusal")
            self.decide_exclusion(place, member, "confirmed")
            return vote

        def take(self, vote: str, kind: str = "decision") -> None:
            self.made += 1
            given = run(self.door.get("/recommendations?paper=vorlage-1")).json()["items"]
            responses = [
                {"recommendation": one["key"], **ANSWER[kind]}
                for one in given
                if one["state"] != "void"
            ]
            new = a_resolution(vote, f"b-{self.made}", kind=kind, responses=responses)
            answer = self.post("/resolutions", new)
            if answer.status_code != 201:
                reached.update(error["code"] for error in answer.json()["errors"])
            else:
                assert self.may_decide
                assert self.places[vote] != "a" or self.role == "decides"
                assert answer.json()["body"] == "stadtrat"
                carried = self.turned_down if kind == "refusal" else self.lawful
                assert carried.get(vote)
                reached[kind] += 1

        @rule(place=st.sampled_from("aab"), member=st.sampled_from(MEMBERS))
        def amend_and_exclude_afterwards(self, place: str, member: str) -> None:
            """Other words for the paper, by a vote that may have been another body's matter."""
            vote = self.count_all(place, 0)
            self.made += 1
            key, words = f"am-{self.made}", f"Fassung {self.made}"
            self.words[words] = key
            self.post("/amendments", an_amendment(key, text=text(words)))
            read = {"headers": {"If-Match": '"r1"'}}
            adoption = self.door.post(f"/amendments/{key}/adoption", {"vote": vote}, **read)
            reached["amended"] += run(adoption).status_code == 200
            self.decide_exclusion(place, member, "confirmed")

        @rule(vote=votes)
        def recommend(self, vote: str) -> None:
            self.made += 1
            self.post("/recommendations", a_recommendation(vote, f"r-{self.made}"))

        @invariant()
        def what_holds_is_lawful(self) -> None:
            votes = {one["key"]: one for one in run(self.door.get("/votes")).json()["items"]}
            for collection in ("resolutions", "recommendations"):
                for one in run(self.door.get(f"/{collection}")).json()["items"]:
                    vote = votes[one["vote"]]
                    refusal = one.get("kind") == "refusal"
                    wanted = "rejected" if refusal else "adopted"
                    if one["state"] == "void":
                        reached[f"void {'refusals' if refusal else collection}"] += 1
                        assert vote["outcome"] != wanted
                        continue
                    assert (vote["state"], vote["outcome"]) == ("closed", wanted)
                    assert vote["snapshot"]["quorate"]
                    assert not any(found["decisive"] for found in vote["irregularities"])
                    if collection == "resolutions":
                        assert vote["body"] == "stadtrat"
                        assert self.counted_without_the_excluded(vote, refusal=refusal)

        @invariant()
        def a_paper_reads_as_it_was_lawfully_amended(self) -> None:
            votes = {one["key"]: one for one in run(self.door.get("/votes")).json()["items"]}
            found = run(self.door.get("/amendments")).json()["items"]
            amendments = {one["key"]: one for one in found}
            for one in amendments.values():
                if one["vote"] is not None:
                    holds = votes[one["vote"]]["outcome"] == "adopted"
                    assert one["state"] == ("adopted" if holds else "void"), one
                    reached["void amendments"] += not holds
            paper = run(self.door.get("/papers/vorlage-1")).json()
            written = self.words.get((paper["text"] or {}).get("de"))
            if paper["state"] == "submitted" and written is not None:
                assert amendments[written]["state"] == "adopted", paper

        def counted_without_the_excluded(self, vote: dict[str, Any], *, refusal: bool) -> bool:
            """Would it have gone the same way without the votes of all who are excluded by now?"""
            found = run(self.door.get(f"/exclusions?agenda_item={vote['agenda_item']}")).json()
            excluded = {one["membership"] for one in found["items"] if one["state"] == "confirmed"}
            took_part = {
                one["votes"] for one in vote["snapshot"]["members"] if one["votes"] is not None
            }
            yes, no, less = int(vote["yes"]), int(vote["no"]), len(excluded & took_part)
            return yes <= no - less if refusal else yes - less > no

    return Office


async def test_no_sequence_of_steps_yields_an_unlawful_resolution(
    doors: Callable[[str, Municipality], Door],
) -> None:
    reached = await walked(machine, lambda: doors("boards", new_town()), 9, 20)
    for what in (
        *("decision", "void resolutions", "refusal", "void refusals"),
        *("amended", "void amendments", "no-mandate", "other-role", "not-adopted"),
    ):
        assert reached[what], reached
