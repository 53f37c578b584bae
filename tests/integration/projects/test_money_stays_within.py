"""Whatever the office enters, in whatever order and at the same time: money stays within.

A hypothesis state machine claims, pays out, corrects, checks, releases, demands back and repays,
several steps at once. After each round what is stored is added up.
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
from tests.integration.projects.samples import CLAIM, EXPENDITURE, GRANT, RECOVERY, settle
from tests.support.sequences import Run, walked
from tests.support.towns import Door, new_town

GRANTED = {"two": Decimal(60), "three": Decimal(40)}
CENTS = st.sampled_from([1, 1000, 2500, 4000])
RECEIPTS = [f"beleg-{number}" for number in range(3)]
Step = tuple[str, dict[str, Any]]


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


async def two_grants(door: Door) -> None:
    """Two fixed grants and three receipts that are put to both of them."""
    await settle(door, until="positions")
    for key, amount in GRANTED.items():
        given = {"amount": str(amount), "rate": None, "financing": "fixed", "sources": []}
        await door.made("/grants", {**GRANT, "key": key, **given})
    shares = [{"grant": "two", "share": "66.6667"}, {"grant": "three", "share": "33.3332"}]
    for number, key in enumerate(RECEIPTS):
        new = {**EXPENDITURE, "key": key, "net": None, "gross": f"{(number + 1) * 33}.37"}
        await door.made("/expenditures", {**new, "shares": shares})


def machine(
    run: Run, open_door: Callable[[], Door], reached: Counter[str]
) -> type[RuleBasedStateMachine]:
    """The machine, whose steps `run` on the loop of the service."""

    class Office(RuleBasedStateMachine):
        door: Door

        @initialize()
        def open(self) -> None:
            self.door, self.made = open_door(), 0
            run(two_grants(self.door))
            self.rush()

        def rush(self) -> None:
            """What must be held by locks and sums over several rows: everything is asked for, paid
            and demanded back twice at once, and what was demanded back had never come."""
            self.claim_and_pay([(grant, None, 4000) for grant in ("three", "three", "two")], [4000])
            self.demand_and_repay("three", [4000, 4000])
            self.correct(0)

        def at_once(self, *steps: Step) -> list[Any]:
            """All steps at the same time."""

            async def all_of_them() -> list[Any]:
                return await asyncio.gather(*(self.door.post(*step) for step in steps))

            answers: list[Any] = run(all_of_them())
            for (address, _), answer in zip(steps, answers, strict=True):
                assert answer.status_code < 500, answer.text
                done = "done" if answer.status_code < 300 else "refused"
                reached[f"{address.rsplit('/', 1)[-1]} {done}"] += 1
            return answers

        def all_of(self, collection: str) -> list[dict[str, Any]]:
            items: list[dict[str, Any]] = run(self.door.get(f"/{collection}")).json()["items"]
            return items

        @rule(
            asked=st.lists(
                st.tuples(
                    st.sampled_from(list(GRANTED)), st.sampled_from([None, *RECEIPTS]), CENTS
                ),
                min_size=1,
                max_size=4,
            ),
            amounts=st.lists(CENTS, max_size=3),
        )
        def claim_and_pay(
            self, asked: list[tuple[str, str | None, int]], amounts: list[int]
        ) -> None:
            keys = []
            for grant, receipt, cents in asked:
                self.made += 1
                keys.append(f"abruf-{self.made}")
                soon = {"purpose": "Personal", "category": "staff", "amount": "70"}
                new = {"grant": grant, "expenditures": [receipt] if receipt else []}
                money = {"forecast": [soon], "requested": euros(cents)}
                named = {**CLAIM, "key": keys[-1], **new, **money}
                if self.at_once(("/claims", named))[0].status_code != 201:
                    keys.pop()
            submission = {"submitted_on": "2024-06-03"}
            self.at_once(*((f"/claims/{key}/submission", submission) for key in keys))
            self.pay(amounts)

        def pay(self, amounts: list[int]) -> None:
            steps = [
                (f"/claims/{claim['key']}/payouts", {"paid_on": "2024-07-01", "amount": euros(c)})
                for claim in self.all_of("claims")
                if claim["state"] == "submitted"
                for c in amounts
            ]
            self.at_once(*steps)

        @rule(cents=st.sampled_from([0, 1, 2500, 7000]))
        def correct(self, cents: int) -> None:
            told = {"number": 1, "paid_on": "2024-07-02", "amount": euros(cents), "reason": "x"}
            self.at_once(
                *(
                    (f"/claims/{claim['key']}/corrections", told)
                    for claim in self.all_of("claims")
                    if claim["payouts"]
                )
            )

        @rule(outcome=st.sampled_from(["settled", "withdrawn", "refused"]))
        def close(self, outcome: str) -> None:
            for claim in self.all_of("claims")[-1:]:
                told = {"outcome": outcome, "closed_on": "2024-08-01"}
                self.at_once((f"/claims/{claim['key']}/closing", told))

        @rule(receipt=st.sampled_from(RECEIPTS), grant=st.sampled_from(list(GRANTED)), cut=CENTS)
        def check(self, receipt: str, grant: str, cut: int) -> None:
            spent = run(self.door.get(f"/expenditures/{receipt}")).json()
            whole = next(part["amount"] for part in spent["parts"] if part["grant"] == grant)
            parked = min(Decimal(euros(cut)), Decimal(whole))
            told = {"grant": grant, "accepted": str(Decimal(whole) - parked)}
            result = {**told, "parked": str(parked), "reason": "x", "verified_on": "2025-01-01"}
            half = str((parked / 2).quantize(Decimal("0.01")))
            release = {"grant": grant, "accepted": half, "released_on": "2025-01-02"}
            address = f"/expenditures/{receipt}"
            self.at_once(
                (f"{address}/verifications", result),
                (f"{address}/releases", release),
                (f"{address}/releases", {**release, "accepted": str(parked)}),
            )

        @rule(grant=st.sampled_from(list(GRANTED)), amounts=st.lists(CENTS, min_size=1, max_size=2))
        def demand_and_repay(self, grant: str, amounts: list[int]) -> None:
            steps: list[Step] = []
            for cents in amounts:
                self.made += 1
                new = {"key": f"rf-{self.made}", "grant": grant, "amount": euros(cents)}
                steps.append(("/recoveries", {**RECOVERY, **new}))
            self.at_once(*steps)
            for one in self.all_of("recoveries"):
                told = {"repaid_on": "2025-07-01", "amount": euros(amounts[0])}
                address = f"/recoveries/{one['key']}/repayments"
                self.at_once((address, told), (address, told))

        @invariant()
        def money_stays_within(self) -> None:
            claims, recoveries = self.all_of("claims"), self.all_of("recoveries")
            for grant, amount in GRANTED.items():
                mine = [one for one in claims if one["grant"] == grant]
                back = [one for one in recoveries if one["grant"] == grant]
                paid = sum(Decimal(one["paid_out"]) for one in mine)
                assert paid - sum(Decimal(one["repaid"]) for one in back) <= amount
                assert sum(Decimal(one["amount"]) for one in back) <= paid
                assert all(Decimal(one["repaid"]) <= Decimal(one["amount"]) for one in back)
                for one in mine:
                    came = sum(Decimal(payout["amount"]) for payout in one["payouts"])
                    assert came == Decimal(one["paid_out"]) <= Decimal(one["requested"])
            for spent in self.all_of("expenditures"):
                parts = [Decimal(part["amount"]) for part in spent["parts"]]
                assert sum(parts) + Decimal(spent["own"]) == Decimal(spent["eligible"])
                for part in spent["parts"]:
                    found = part["verification"]
                    told = found and [found[name] for name in ("accepted", "reduced", "parked")]
                    assert not told or sum(map(Decimal, told)) == Decimal(part["amount"])
                    holding = [
                        one["key"]
                        for one in claims
                        if one["grant"] == part["grant"]
                        and one["state"] in ("submitted", "paid", "settled")
                        and spent["key"] in one["expenditures"]
                    ]
                    assert holding == ([part["claim"]] if part["claim"] else [])

    return Office


async def test_no_sequence_of_steps_exceeds_the_grant_or_the_receipt(
    doors: Callable[[str, Municipality], Door],
) -> None:
    reached = await walked(machine, lambda: doors("projects", new_town()), 6, 12)
    for step in ("submission", "payouts", "recoveries"):
        assert reached[f"{step} done"], reached
        assert reached[f"{step} refused"], reached
