"""Who is in charge of what others named by a topic or a key: pure functions (Zuständigkeit)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.contracts.shared.thread_walks import Charge, ChargeQuestion, Lacking, ToldNode
from services.contracts.shared.threads import InCharge, ThreadGapKind, ThreadNode

OF_TOPIC, ORGANISATION = "of_topic", "organisation"
"""What a row says: that a body has a topic, or what an organisation is called."""
NOTHING = Charge(topics={}, organisations={})
Row = tuple[str, str, Any]
"""What it says, of which topic or organisation, and the body or the name."""


def wanted(nodes: Iterable[ToldNode], known: Charge) -> ChargeQuestion | None:
    """What only the boards can say of who is to act and have not said yet; None: nothing."""
    topics, organisations = set[str](), set[str]()
    for node in nodes:
        if _waits_for_a_body(node):
            topics.update(node.topics)
        elif node.lacks and node.must_act is not None and _is_nameless(node.must_act):
            organisations.add(node.must_act.key)
    topics -= known.topics.keys()
    organisations -= known.organisations.keys()
    if not topics and not organisations:
        return None
    return ChargeQuestion(topics=sorted(topics), organisations=sorted(organisations))


def together(known: Charge, new: Charge | None) -> Charge:
    """What was known and what has been said now."""
    if new is None:
        return known
    return Charge(
        topics={**known.topics, **new.topics},
        organisations={**known.organisations, **new.organisations},
    )


def filled(node: ToldNode, known: Charge) -> ToldNode:
    """The node with who is to act: of a finding whose rule names nobody the body that has its
    topic, or else one that it is part of; an organisation that is named gets its name."""
    if _waits_for_a_body(node):
        found = (known.topics.get(topic) for topic in node.topics)
        act = next((body for body in found if body is not None), None)
    elif node.must_act is not None and _is_nameless(node.must_act):
        name = known.organisations.get(node.must_act.key)
        act = node.must_act.model_copy(update={"name": name})
    else:
        return node
    return node.model_copy(update={"must_act": act})


def told(lacking: Lacking, known: Charge | None) -> Lacking:
    """The nodes that lack something, with who is to act as far as that is known now."""
    if known is None:
        return lacking
    return lacking.model_copy(update={"nodes": [filled(node, known) for node in lacking.nodes]})


def answer(question: ChargeQuestion, rows: Iterable[Row]) -> Charge:
    """Of each topic the body in charge, of each organisation its name, as the rows say it."""
    bodies, names = defaultdict[str, list[Mapping[str, Any]]](list), dict[str, Any]()
    for says, key, told in rows:
        if says == OF_TOPIC:
            bodies[key].append(told)
        else:
            names[key] = told
    return Charge(
        topics={topic: _in_charge(bodies[topic]) for topic in question.topics},
        organisations={key: names.get(key) for key in question.organisations},
    )


def _in_charge(bodies: Sequence[Mapping[str, Any]]) -> InCharge | None:
    """The one that advises, if there is exactly one. Else, of all of them, one that decides before
    one that advises, then the one with the fewest topics, then the first by key."""
    if not bodies:
        return None
    advising = [body for body in bodies if "advises" in body["mandates"]]
    body = advising[0] if len(advising) == 1 else min(bodies, key=_place)
    return InCharge(collection="bodies", key=body["key"], name=body["name"])


def _place(body: Mapping[str, Any]) -> tuple[bool, int, str]:
    return "decides" not in body["mandates"], body["topics"], body["key"]


def _waits_for_a_body(node: ThreadNode) -> bool:
    return node.must_act is None and ThreadGapKind.finding_unanswered in node.lacks


def _is_nameless(one: InCharge) -> bool:
    return one.name is None and one.collection == "organisations"
