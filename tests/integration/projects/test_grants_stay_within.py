"""Whatever is decided, in whatever order and at the same time: a grant is never exceeded.

A hypothesis state machine applies, approves, awards, pays, demands back, takes back, keeps, claims,
amends and revokes, several steps at once. After each round what is stored is added up.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from services.contracts.shared.access import Municipality
from tests.integration.projects.samples import CLAIM, GRANT, NOTICE, ONWARD, RECOVERY, settle
from tests.support.sequences import Run, walked
from tests.support.towns import Door, new_town

KEYS = ["antrag-1", "antrag-2", "antrag-3"]
MONEY = st.sampled_from([1, 20, 50, 100])
SOME = st.lists(st.tuples(st.sampled_from(KEYS), MONEY), min_size=1, max_size=4)
REASON = {"de": "Grund"}
Step = tuple[str, str, dict[str, Any]]


def notice(number: int, kind: str, amount: int) -> dict[str, Any]:
    """A notice over so many euros, that says nothing more."""
    bare = {"rate": None, "financing": "fixed", "sources": [], "budget_lines": []}
    few = {"partner_budgets": [], "overrides": [], "conditions": [], "eligible_cost": "200"}
    about = {"key": f"bescheid-{number}", "kind": kind, "amount": str(amount)}
    return {**NOTICE, **bare, **few, **about}


async def a_grant(door: Door) -> None:
    """A grant of 100 euros by notice, 80 of them drawn; three applications, one of them awarded."""
    await settle(door, until="grants")
    bare = {name: GRANT[name] for name in ("key", "project", "programme", "grantee")}
    await door.made("/grants", {**bare, "state": "applied"})
    await door.made("/notices", notice(1, "award", 100))
    for key in KEYS:
        asked = {"key": key, "applied_amount": "100", "eligible_cost": None}
        await door.made("/onward-grants", {**ONWARD, **asked})
    told = {"outcome": "approval", "decided_on": "2023-11-12", "decided_by": "jugendamt"}
    await door.post(f"/onward-grants/{KEYS[0]}/decision", {**told, "amount": "20"})
    award = {"issued_on": "2023-12-01", "amount": "20"}
    assert (await door.post(f"/onward-grants/{KEYS[0]}/notices", award)).status_code == 200
    soon = {"purpose": "Personal", "category": "staff", "amount": "100"}
    drawn = {"grant": "bescheid-2023", "expenditures": [], "forecast": [soon], "requested": "80"}
    await door.made("/claims", {**CLAIM, **drawn})
    await door.post("/claims/abruf-1/submission", {"submitted_on": "2023-06-03"})
    paid = {"paid_on": "2023-07-01", "amount": "80"}
    assert (await door.post("/claims/abruf-1/payouts", paid)).status_code == 200


def machine(
    run: Run, open_door: Callable[[], Door], reached: Counter[str]
) -> type[RuleBasedStateMachine]:
    """The machine, whose steps `run` on the loop of the service."""

    class Office(RuleBasedStateMachine):
        door: Door

        @initialize()
        def open(self) -> None:
            self.door, self.made = open_door(), 1
            run(a_grant(self.door))

        def at_once(self, *steps: Step) -> None:
            """All steps at the same time."""

            async def all_of_them() -> list[Any]:
                return await asyncio.gather(
                    *(self.door.post(address, body) for _, address, body in steps)
                )

            for (name, _, _), answer in zip(steps, run(all_of_them()), strict=True):
                assert answer.status_code < 500, answer.text
                reached[f"{name} {'done' if answer.status_code < 300 else 'refused'}"] += 1

        def onward(self, name: str, key: str, body: dict[str, Any]) -> Step:
            return name, f"/onward-grants/{key}/{name}", body

        def read(self, address: str) -> Any:
            return run(self.door.get(address)).json()

        def number(self) -> int:
            self.made += 1
            return self.made

        @rule(some=SOME)
        def approve(self, some: list[tuple[str, int]]) -> None:
            told = {"outcome": "approval", "decided_on": "2023-11-12", "decided_by": "jugendamt"}
            self.at_once(*(self.onward("decision", k, {**told, "amount": m}) for k, m in some))

        @rule(some=SOME, again=SOME, reduces=st.booleans())
        def carry_out(
            self, some: list[tuple[str, int]], again: list[tuple[str, int]], reduces: bool
        ) -> None:
            """Notices, payouts, demands: each kind at the same time, and some of them twice."""
            approved = {one["key"]: one["bound"] for one in self.read("/onward-grants")["items"]}
            issued = {"issued_on": "2023-12-01"}
            whole = [(key, approved[key]) for key, _ in some]
            self.at_once(*(self.onward("notices", k, {**issued, "amount": m}) for k, m in whole))
            paid = {"paid_on": "2024-02-01"}
            told = {"demanded_on": "2025-01-01", "reduces_award": reduces, "reason": REASON}
            back = {"received_on": "2025-02-01"}
            both = [*some, *again]
            self.at_once(*(self.onward("payouts", k, {**paid, "amount": m}) for k, m in both))
            self.at_once(
                *(self.onward("recoveries", k, {**told, "amount": m}) for k, m in both),
                *(self.onward("notices", k, {**issued, "amount": m}) for k, m in again),
                *(self.onward("repayments", k, {**back, "amount": m}) for k, m in again),
            )

        @rule(key=st.sampled_from(KEYS), step=st.sampled_from(["withdrawal", "closing"]))
        def end(self, key: str, step: str) -> None:
            self.at_once(self.onward(step, key, {"on": "2025-06-30"}))

        @rule(amounts=st.lists(MONEY, min_size=1, max_size=2), kept=MONEY, some=SOME)
        def amend(self, amounts: list[int], kept: int, some: list[tuple[str, int]]) -> None:
            """Claims of the grantee; then notices, own use and approvals at the same time."""
            self.draw(amounts[0], kept)
            told = {"outcome": "approval", "decided_on": "2024-11-12", "decided_by": "jugendamt"}
            news = [notice(self.number(), "amendment", amount) for amount in amounts]
            revision = self.read("/grants/bescheid-2023")["revision"]

            async def both() -> Any:
                change = self.door.patch("/grants/bescheid-2023", {"own_use": kept}, revision)
                steps = (self.door.post("/notices", new) for new in news)
                more = (
                    self.door.post(f"/onward-grants/{k}/decision", {**told, "amount": m})
                    for k, m in some
                )
                return await asyncio.gather(change, *steps, *more)

            kept_, *others = run(both())
            assert kept_.status_code in (200, 409, 412), kept_.text
            assert all(answer.status_code < 500 for answer in others)
            reached[f"own use {'done' if kept_.status_code == 200 else 'refused'}"] += 1
            for answer in others[: len(news)]:
                reached[f"notice {'done' if answer.status_code == 201 else 'refused'}"] += 1

        def draw(self, amount: int, back: int) -> None:
            """Claims of the grantee and demands of the funder."""
            key, demand = f"abruf-{self.number()}", f"rf-{self.number()}"
            soon = {"purpose": "Personal", "category": "staff", "amount": "100"}
            about = {"grant": "bescheid-2023", "expenditures": [], "forecast": [soon]}
            money = {"key": key, "requested": str(amount)}
            self.at_once(("claim", "/claims", {**CLAIM, **about, **money}))
            told = {"submitted_on": "2024-06-03"}
            self.at_once(("submission", f"/claims/{key}/submission", told))
            paid = {"paid_on": "2024-07-01", "amount": str(amount)}
            wanted = {**RECOVERY, "grant": "bescheid-2023", "key": demand, "amount": str(back)}
            less = notice(self.number(), "revocation", 50)
            self.at_once(
                ("draw", f"/claims/{key}/payouts", paid),
                ("want back", "/recoveries", wanted),
                ("revoke", "/notices", less),
            )

        @invariant()
        def nothing_is_exceeded(self) -> None:
            grant = self.read("/grants/bescheid-2023")
            amount = Decimal(grant["amount"])
            onward = self.read("/onward-grants")["items"]
            bound = sum((Decimal(one["bound"]) for one in onward), Decimal(0))
            assert bound + Decimal(grant["own_use"]) <= amount
            for one in onward:
                sums = {
                    name: sum((Decimal(entry["amount"]) for entry in one[entries]), Decimal(0))
                    for name, entries in (
                        ("paid", "payouts"),
                        ("recovered", "recoveries"),
                        ("repaid", "repayments"),
                    )
                }
                assert sums == {name: Decimal(one[name]) for name in sums}
                out = sums["paid"] - sums["recovered"]
                assert 0 <= out <= Decimal(one["awarded"]) <= Decimal(one["bound"])
                assert sums["repaid"] <= sums["recovered"]
                if one["state"] in ("applied", "refused", "withdrawn"):
                    assert Decimal(one["bound"]) == 0
            drawn = sum(Decimal(one["paid_out"]) for one in self.read("/claims")["items"])
            wanted = sum(Decimal(one["amount"]) for one in self.read("/recoveries")["items"])
            largest = max(Decimal(one["amount"]) for one in self.read("/notices")["items"])
            assert drawn <= largest, "only a notice leaves less than was paid out"
            beyond = max(drawn - wanted - amount, Decimal(0))
            figures = self.read("/grants/bescheid-2023/figures?on=2026-06-30")["figures"]
            owed = next(one for one in figures if one["key"] == "repayment")
            assert Decimal(owed["value"]) == wanted + beyond, "never beyond the grant in silence"
            duties = self.read("/obligations?kind=repayment&state=open&limit=100")["items"]
            assert any(one["origin"] == "repayment" for one in duties) == (beyond > 0)
            reached[f"owed {beyond > 0}"] += 1

        @invariant()
        def the_grant_shows_its_newest_notice(self) -> None:
            grant = self.read("/grants/bescheid-2023")
            notices = self.read("/notices?grant=bescheid-2023")["items"]
            assert [one["number"] for one in notices] == list(range(1, len(notices) + 1))
            newest = notices[-1]
            assert (grant["notice"], grant["amount"]) == (newest["number"], newest["amount"])

    return Office


async def test_no_sequence_of_notices_onward_grants_payouts_and_recoveries_exceeds_the_grant(
    doors: Callable[[str, Municipality], Door],
) -> None:
    reached = await walked(machine, lambda: doors("projects", new_town()), 8, 10)
    for step in ("decision", "notices", "payouts", "recoveries", "own use"):
        assert reached[f"{step} done"], reached
        assert reached[f"{step} refused"], reached
    assert reached["notice done"], reached
    assert reached["claim done"], reached
    assert reached["owed True"], reached
