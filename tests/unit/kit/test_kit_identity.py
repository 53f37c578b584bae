"""Only who holds the internal key can say who is acting."""

import base64
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from services.contracts.shared.access import Municipality, Role
from services.kit import identity
from services.kit.identity import LIFETIME, Signer
from services.kit.problems import Unauthorised
from tests.support.towns import KEY, actor

JENA = Municipality(key="jena", id=160530000000)
CLERK = actor(JENA, [Role.secretary], supplier="jenarbeit")
CLAIMS = {"actor": CLERK.model_dump(mode="json")}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def signed(
    claims: dict[str, Any], typ: str = "planraum+jwt", key: str = KEY, alg: str = "HS256"
) -> str:
    algorithms = ["HS256", "HS512"]
    return jwt.encode({"alg": alg, "typ": typ}, claims, OctKey.import_key(key), algorithms)


def soon() -> int:
    return int(time.time()) + 30


def forgeries() -> dict[str, str | None]:
    good = Signer(KEY).sign(CLERK)
    head, body, signature = good.split(".")
    actor_and_time = {**CLAIMS, "exp": soon()}
    mayor = actor(JENA, [Role.administrator]).model_dump(mode="json")
    rsa = RSAKey.generate_key(2048)
    return {
        "missing": None,
        "empty": "",
        "not a token": "Bearer abc",
        "another alphabet": "ä.ö.ü",
        "cut off": good[:-10],
        "without signature": f"{head}.{body}.",
        "alg none": f"{part({'alg': 'none', 'typ': 'planraum+jwt'})}.{body}.",
        "alg none with the old signature": f"{part({'alg': 'none'})}.{body}.{signature}",
        "another actor": f"{head}.{part({'actor': mayor, 'exp': soon()})}.{signature}",
        "a foreign key": signed(actor_and_time, key="another key, as long as it has to be"),
        "another algorithm": signed(actor_and_time, alg="HS512"),
        "a key of its own": jwt.encode(
            {"alg": "RS256", "typ": "planraum+jwt", "jwk": rsa.as_dict(private=False)},
            actor_and_time,
            rsa,
        ),
        "an access token": signed(actor_and_time, typ="at+jwt"),
        "no end": signed(CLAIMS),
        "an end that is no time": signed({**CLAIMS, "exp": "tomorrow"}),
        "over": signed({**CLAIMS, "exp": int(time.time()) - 6}),
        "no actor": signed({"exp": soon()}),
        "an unknown role": signed(
            {"actor": {**CLAIMS["actor"], "roles": ["mayor"]}, "exp": soon()}
        ),
        "a header that is a list": f"{part([])}.{body}.{signature}",
        "a header that is null": f"{part(None)}.{body}.{signature}",
    }


def test_who_was_signed_is_who_is_read() -> None:
    assert Signer(KEY).verify(Signer(KEY).sign(CLERK)) == CLERK


@pytest.mark.parametrize("name", forgeries())
def test_a_forged_identity_is_nobody(name: str) -> None:
    with pytest.raises(Unauthorised):
        Signer(KEY).verify(forgeries()[name])


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_garbage_is_refused_and_breaks_nothing(head: str, body: str, signature: str) -> None:
    with pytest.raises(Unauthorised):
        Signer(KEY).verify(f"{head}.{body}.{signature}")


def test_an_identity_ends_although_it_was_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    signer, now = Signer(KEY), time.time()
    token = signer.sign(CLERK)
    assert signer.verify(token) == CLERK
    monkeypatch.setattr(time, "time", lambda: now + LIFETIME + 6)
    for verifier in (signer, Signer(KEY)):
        with pytest.raises(Unauthorised):
            verifier.verify(token)


def test_a_new_identity_is_signed_before_the_old_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    signer, now = Signer(KEY), time.time()
    token = signer.sign(CLERK)
    assert signer.sign(CLERK) == token
    monkeypatch.setattr(time, "time", lambda: now + LIFETIME / 2 + 1)
    assert signer.sign(CLERK) != token


def test_it_remembers_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_REMEMBERED", 3)
    signer = Signer(KEY)
    for number in range(6):
        who = actor(JENA, [Role.planner], subject=f"test:{number}")
        assert signer.verify(signer.sign(who)) == who
    assert len(signer._signed) == len(signer._verified) == 3


@pytest.mark.parametrize("weak", ["", "too short", "x" * 31])
def test_a_weak_key_is_refused_at_the_start(weak: str) -> None:
    with pytest.raises(ValueError, match="32 characters"):
        Signer(weak)
