"""Whatever people do with updates and locks, in any order: a machine tries, a model remembers."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from services.contracts.shared.access import Municipality
from tests.integration.projects.samples import TARGET_UPDATE, settle
from tests.support.sequences import Run, walked
from tests.support.towns import Door, new_town

PEOPLE = st.sampled_from(["anna", "bert"])
VALUES = st.integers(0, 9).map(str)
DAYS = st.sampled_from(["2024-03-31", "2024-06-30", "2024-12-31"])
REASON = {"reason": "Stichprobe"}


def machine(
    run: Run, open_door: Callable[[], Door], reached: Counter[str]
) -> type[RuleBasedStateMachine]:
    """The machine, whose steps `run` on the loop of the services."""

    class Office(RuleBasedStateMachine):
        updates = Bundle("updates")
        door: Door

        @initialize()
        def open(self) -> None:
            self.door, self.locked, self.order = open_door(), False, 0
            self.model: dict[str, dict[str, Any]] = {}
            run(settle(self.door))

        def post(self, who: str, address: str, body: Any = None) -> int:
            door = self.door.as_("controller", subject=f"test:{who}")
            answer = run(door.post(address, body))
            assert answer.status_code in (200, 201, 403, 409), answer.text
            return int(answer.status_code)

        @rule(target=updates, who=PEOPLE, value=VALUES, day=DAYS)
        def draft(self, who: str, value: str, day: str) -> str:
            key = f"meldung-{len(self.model) + 1}"
            new = {**TARGET_UPDATE, "key": key, "value": value, "reported_on": day}
            status = self.post(who, "/target-updates", new)
            assert status == (409 if self.locked else 201)
            if status == 201:
                self.model[key] = {"state": "draft", "value": value, "day": day, "by": None}
            return key

        @rule(update=updates, who=PEOPLE, value=VALUES)
        def change(self, update: str, who: str, value: str) -> None:
            known = self.model.get(update)
            if known is None:
                return
            address = f"/target-updates/{update}"
            revision = run(self.door.get(address)).json()["revision"]
            answer = run(self.door.patch(address, {"value": value}, revision))
            allowed = not self.locked and known["state"] in ("draft", "returned")
            assert answer.status_code == (200 if allowed else 409), answer.text
            if allowed:
                known |= {"state": "draft", "value": value, "by": None}

        @rule(update=updates, who=PEOPLE)
        def submit(self, update: str, who: str) -> None:
            known = self.model.get(update)
            if known is None:
                return
            allowed = not self.locked and known["state"] == "draft"
            status = self.post(who, f"/target-updates/{update}/submission")
            assert status == (200 if allowed else 409)
            if allowed:
                known |= {"state": "submitted", "by": who}

        @rule(update=updates, who=PEOPLE)
        def approve(self, update: str, who: str) -> None:
            known = self.model.get(update)
            if known is None:
                return
            status = self.post(who, f"/target-updates/{update}/approval")
            if self.locked or known["state"] != "submitted":
                assert status == 409
            elif known["by"] == who:
                assert status == 403
                reached["alone"] += 1
            else:
                assert status == 200
                self.order += 1
                known |= {"state": "approved", "order": self.order}
                reached["approved"] += 1

        @rule(update=updates, who=PEOPLE)
        def give_back(self, update: str, who: str) -> None:
            known = self.model.get(update)
            if known is None:
                return
            allowed = not self.locked and known["state"] == "submitted"
            status = self.post(who, f"/target-updates/{update}/return", REASON)
            assert status == (200 if allowed else 409)
            if allowed:
                known["state"] = "returned"
                reached["returned"] += 1

        @rule(update=updates, first=PEOPLE, second=PEOPLE)
        def see_through(self, update: str, first: str, second: str) -> None:
            self.submit(update, first)
            self.approve(update, second)

        @rule(who=PEOPLE, locked=st.sampled_from([False, False, False, True]))
        def turn(self, who: str, locked: bool) -> None:
            step = "locking" if locked else "unlocking"
            status = self.post(who, f"/target-periods/jahr-2024/{step}", REASON)
            assert status == (409 if locked is self.locked else 200)
            self.locked = locked
            reached[step] += status == 200

        @invariant()
        def the_progress_is_what_was_approved_last(self) -> None:
            if not hasattr(self, "model"):
                return
            counting = [one for one in self.model.values() if one["state"] == "approved"]
            last = max(counting, key=lambda one: (one["day"], one["order"]), default=None)
            address = "/target-indicators/gemeinsame-berichte/progress?on=2025-06-30"
            shown = run(self.door.as_().get(address)).json()
            assert shown["actual"] == (last["value"] if last else None)
            assert shown["periods"][0]["locked"] is self.locked

    return Office


async def test_no_sequence_of_steps_lets_a_figure_slip_in(
    doors: Callable[[str, Municipality], Door],
) -> None:
    reached = await walked(machine, lambda: doors("projects", new_town()), 30, 25)
    for what in ("approved", "alone", "returned", "locking", "unlocking"):
        assert reached[what], reached
