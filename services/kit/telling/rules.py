"""Of what others are told: only of kinds that are named here, and only those who may see now what
it is about.

    TOLD = (Told(BODIES, "boards.bodies:read"), Told(VOTES, "boards.votes:read", {"closed"}))

Whoever does not belong to the administration hears of a resource that it was created or changed and
of the steps named with it, each only of a state that they might have seen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.contracts.shared.access import Actor, Role
from services.contracts.shared.event_types import TYPES
from services.kit.access import allows
from services.kit.resources import Kind

_OPEN = frozenset({"created", "changed"})
EVERY = frozenset({"*"})
"""Who sees the resource at all may know every step of it, such as those who delivered it."""


@dataclass(frozen=True)
class Told:
    """A kind of resource of which others are told, the permission with which it is read, and steps
    of which everybody who sees it is told: without them only that it was created or changed."""

    kind: Kind[Any]
    permission: str
    steps: Collection[str] = frozenset()


def open_to(actor: Actor, told: Sequence[Told], wanted: Collection[str]) -> list[str]:
    """Of which types that are wanted the actor may be told, if they see the subject."""
    may: dict[str, Collection[str]] = {}
    for one in told:
        if any(allows(role, one.permission) for role in actor.roles | {Role.public}):
            every = actor.sees_everything or one.steps == EVERY
            may[one.kind.event] = EVERY if every else _OPEN | set(one.steps)
    starts = tuple(pattern.removesuffix("*") for pattern in wanted if pattern.endswith("*"))
    return [
        type
        for type in TYPES
        if (steps := may.get(name_of(type))) is not None
        and (steps == EVERY or type.split(".")[2] in steps)
        and (type in wanted or type.startswith(starts))
    ]


def owned(actor: Actor, kinds: Mapping[str, Told]) -> set[str]:
    """Kinds of which the actor hears every step of whatever they see."""
    member = Role.member in actor.roles
    return {
        name
        for name, one in kinds.items()
        if one.steps == EVERY or (member and one.kind.also is not None)
    }


def name_of(type: str) -> str:
    """The kind of resource that a type is about: `boards.body` of `boards.body.created.v1`."""
    return ".".join(type.split(".")[:2])
