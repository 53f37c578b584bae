"""Who may: default is no, and a stranger learns nothing."""

import pytest

from services.contracts.shared.access import GRANTS, Actor, Municipality, Role
from services.contracts.shared.base import Visibility
from services.kit.access import allows, decide, visible_to
from services.kit.problems import Forbidden, NotFound, Unauthorised
from tests.support.towns import actor

JENA = Municipality(key="jena", id=160530000000)
WARTBURGKREIS = Municipality(key="wartburgkreis", id=160630000000)
STAFF = (Role.planner, Role.secretary, Role.controller, Role.statistician, Role.administrator)
MAY = {
    "boards.meetings:read": tuple(Role),
    "boards.meetings:history": STAFF,
    "boards.meetings:write": (Role.secretary, Role.administrator),
    "boards.publications:write": (Role.planner, Role.secretary, Role.administrator),
    "projects.grants:write": (Role.controller, Role.administrator),
    "projects.measures:write": (Role.planner, Role.controller, Role.administrator),
    "indicators.areas:write": (Role.planner, Role.statistician, Role.administrator),
    "indicators.deliveries:deliver": (
        Role.supplier,
        Role.planner,
        Role.statistician,
        Role.administrator,
    ),
    "indicators.deliveries:inspect": (Role.supplier, *STAFF),
    "indicators.deliveries:approve": (Role.statistician, Role.administrator),
    "indicators.observations:raw": (Role.statistician, Role.administrator),
    "gateway.api-keys:manage": (Role.administrator,),
    "projects.targets:approve": (Role.planner, Role.controller, Role.administrator),
    "projects.targets:lock": (Role.controller, Role.administrator),
    "projects.participation:read": tuple(Role),
    "projects.participation:inspect": (Role.planner, Role.controller, Role.administrator),
    "projects.participants:read": (Role.case_worker,),
    "projects.participants:write": (Role.case_worker,),
    "projects.participants:history": (Role.case_worker,),
    "projects.participants:identify": (Role.case_worker,),
    "projects.participants:erase": (Role.case_worker,),
    "a.thing:nobody-thought-of": (Role.administrator,),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", MAY)
def test_a_role_carries_what_the_table_says(role: Role, permission: str) -> None:
    assert allows(role, permission) is (role in MAY[permission])
    refusal = decide(actor(JENA, [role]), permission, JENA)
    assert (refusal is None) is (role in MAY[permission])


def test_every_role_has_a_line_and_only_the_administrator_may_everything() -> None:
    assert set(GRANTS) == set(Role)
    assert [role for role in Role if "*" in GRANTS[role]] == [Role.administrator]


def test_the_anonymous_are_asked_who_they_are() -> None:
    refusal = decide(actor(JENA, []), "boards.meetings:write", JENA)
    assert isinstance(refusal, Unauthorised)
    assert refusal.headers["WWW-Authenticate"].startswith("Bearer ")
    assert decide(actor(JENA, []), "boards.meetings:read", JENA) is None


def test_who_has_no_role_in_the_town_learns_nothing() -> None:
    stranger = actor(JENA, [], kind="person")
    assert isinstance(decide(stranger, "boards.meetings:write", JENA), NotFound)
    public = actor(JENA, [Role.public])
    assert isinstance(decide(public, "boards.meetings:write", JENA), NotFound)


def test_a_role_that_is_not_enough_is_told_so() -> None:
    refusal = decide(actor(JENA, [Role.member]), "boards.meetings:write", JENA)
    assert isinstance(refusal, Forbidden)


@pytest.mark.parametrize("elsewhere", [WARTBURGKREIS, None, Municipality(key="jena", id=1)])
def test_an_administrator_of_one_town_is_nobody_in_another(elsewhere: Municipality | None) -> None:
    mayor = actor(elsewhere, [Role.administrator])
    for permission in ("boards.meetings:read", "boards.meetings:write"):
        assert isinstance(decide(mayor, permission, JENA), NotFound)


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        ([], {Visibility.public}),
        ([Role.supplier], {Visibility.public}),
        ([Role.member], {Visibility.public, Visibility.members}),
        *(([role], set(Visibility)) for role in STAFF),
        ([Role.member, Role.planner], set(Visibility)),
    ],
)
def test_rows_are_seen_by_whom_they_are_for(roles: list[Role], seen: set[Visibility]) -> None:
    assert set(visible_to(actor(JENA, roles))) == seen


def test_two_roles_carry_what_either_carries() -> None:
    both = Actor(
        subject="test:both",
        kind="person",
        roles=frozenset({Role.secretary, Role.controller}),
        municipality=JENA,
    )
    for permission in ("boards.meetings:write", "projects.grants:write"):
        assert decide(both, permission, JENA) is None
    assert decide(both, "indicators.areas:write", JENA) is not None
