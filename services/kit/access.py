"""Who may do what: one pure function, and the dependency that asks it."""

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Annotated, Any

from fastapi import Depends, Request

from services.contracts.shared.access import GRANTS, SECLUDED, Actor, Municipality, Role
from services.contracts.shared.base import Visibility
from services.kit.problems import Forbidden, NotFound, Problem, Unauthorised


@lru_cache(maxsize=4096)
def allows(role: Role, permission: str) -> bool:
    """Does the role carry the permission? Patterns as in GRANTS."""
    secluded = permission.startswith(SECLUDED)
    return any(
        fnmatchcase(permission, pattern)
        for pattern in GRANTS[role]
        if pattern.startswith(SECLUDED) or not secluded
    )


def decide(actor: Actor, permission: str, municipality: Municipality | None) -> Problem | None:
    """The refusal, or None for yes. Default is no.

    Anonymous callers are asked who they are; somebody who has no role in the municipality learns
    nothing about what is there (404); somebody with a role that is not enough is told so (403).
    """
    if actor.municipality != municipality:
        return NotFound("There is nothing here for you.")
    if any(allows(role, permission) for role in actor.roles | {Role.public}):
        return None
    if actor.kind == "anonymous":
        return Unauthorised("This needs an access token or API key.", headers=CHALLENGE)
    if not actor.roles - {Role.public}:
        return NotFound("There is nothing here for you.")
    return Forbidden(f"None of your roles here carries the permission {permission}.")


CHALLENGE = {"WWW-Authenticate": 'Bearer realm="planraum"'}


def visible_to(actor: Actor) -> tuple[Visibility, ...]:
    """The visibilities of rows that the actor may see."""
    if actor.sees_everything:
        return tuple(Visibility)
    if Role.member in actor.roles:
        return (Visibility.public, Visibility.members)
    return (Visibility.public,)


async def acting(request: Request) -> Actor:
    """Who acts, as the gateway signed it; the address must name the signed municipality."""
    actor: Actor = request.app.state.signer.verify(request.headers.get("x-planraum-identity"))
    named = request.path_params.get("municipality")
    if named is not None and (actor.municipality is None or actor.municipality.key != named):
        raise NotFound("There is no such municipality.")
    return actor


Acting = Annotated[Actor, Depends(acting)]


class Permission:
    """A dependency that lets the request pass or refuses it; visible in OpenAPI as x-permission."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, actor: Acting) -> None:
        refusal = decide(actor, self.name, actor.municipality)
        if refusal is not None:
            raise refusal


def requires(permission: str) -> Any:
    """Who may call an operation: `dependencies=[requires("boards.meetings:write")]`."""
    return Depends(Permission(permission))
