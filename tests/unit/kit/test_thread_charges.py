"""Who is to act where a rule names nobody: chosen from the bodies that have the topic."""

from typing import Any

import pytest

from services.contracts.shared.thread_walks import Charge, ChargeQuestion, ToldNode
from services.contracts.shared.threads import InCharge
from services.kit.threads import charges
from tests.unit.kit.test_kit_threads import node, ref


def a_body(key: str, *mandates: str, topics: int = 1) -> Any:
    told = {"key": key, "name": {"de": key.title()}, "mandates": mandates, "topics": topics}
    return charges.OF_TOPIC, "familie", told


def in_charge(key: str) -> InCharge:
    return InCharge(collection="bodies", key=key, name={"de": key.title()})


ADVISORY = a_body("beirat", "advises", topics=9)
STADTRAT, AUSSCHUSS = a_body("stadtrat", "decides", topics=3), a_body("ausschuss", "decides")


@pytest.mark.parametrize(
    ("bodies", "chosen"),
    [
        ([ADVISORY], "beirat"),
        ([AUSSCHUSS, ADVISORY, STADTRAT], "beirat"),
        ([STADTRAT, a_body("ausschuss", "decides", "advises")], "ausschuss"),
        ([STADTRAT, AUSSCHUSS], "ausschuss"),
        ([ADVISORY, a_body("netz", "advises"), STADTRAT], "stadtrat"),
        ([ADVISORY, a_body("netz", "advises", topics=2)], "netz"),
        ([a_body("netz", "advises"), a_body("forum", "advises")], "forum"),
    ],
)
def test_the_one_that_advises_acts_or_else_who_decides_on_the_fewest_topics(
    bodies: list[Any], chosen: str
) -> None:
    question = ChargeQuestion(topics=["familie", "arbeit"], organisations=[])
    for rows in (bodies, bodies[::-1]):
        answer = charges.answer(question, rows)
        assert answer.topics == {"familie": in_charge(chosen), "arbeit": None}


def finding(**more: Any) -> ToldNode:
    told = {"lacks": ["finding_unanswered"], "topics": ["kita", "familie"], **more}
    return ToldNode.model_validate({**node(ref("finding:f")).model_dump(), **told})


NAMED = {"collection": "organisations", "key": "amt", "name": None}


def test_the_boards_are_asked_only_for_what_is_missing_and_was_not_said() -> None:
    assert charges.wanted([finding(lacks=[]), node_of("measure:m")], charges.NOTHING) is None
    assert charges.wanted([finding(lacks=[], must_act=NAMED)], charges.NOTHING) is None
    question = charges.wanted([finding(), finding(must_act=NAMED)], charges.NOTHING)
    assert question == ChargeQuestion(topics=["familie", "kita"], organisations=["amt"])
    known = Charge(topics={"kita": None}, organisations={"amt": None})
    assert charges.wanted([finding(), finding(must_act=NAMED)], known) == ChargeQuestion(
        topics=["familie"], organisations=[]
    )


def node_of(of: str) -> ToldNode:
    return ToldNode.model_validate(node(ref(of), lacks=["measure_without_money"]).model_dump())


def test_the_nearest_topic_that_a_body_has_decides_and_a_rule_comes_first() -> None:
    known = Charge(
        topics={"kita": None, "familie": in_charge("beirat")}, organisations={"amt": {"de": "Amt"}}
    )
    assert charges.filled(finding(), known).must_act == in_charge("beirat")
    nearer = known.model_copy(update={"topics": {**known.topics, "kita": in_charge("kita-rat")}})
    assert charges.filled(finding(), nearer).must_act == in_charge("kita-rat")
    named = charges.filled(finding(must_act=NAMED), nearer).must_act
    assert named == InCharge(collection="organisations", key="amt", name={"de": "Amt"})
    assert charges.filled(finding(topics=()), known).must_act is None
    assert charges.filled(node_of("measure:m"), known).must_act is None
