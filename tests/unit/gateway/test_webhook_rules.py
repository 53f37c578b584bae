"""Signatures, schedules and meanings of webhooks, by the rules of Standard Webhooks."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.contracts.gateway.webhooks import AttemptOutcome, WebhookDeliveryState
from services.contracts.shared.access import Municipality
from services.gateway.api_keys.tables import ApiKeyRow
from services.gateway.webhook_deliveries.commands import reader_of
from services.gateway.webhook_deliveries.rules import (
    following,
    is_told,
    meaning,
    shown,
    wants,
)
from services.gateway.webhooks.rules import (
    check_target,
    new_secret,
    opened,
    sealed,
    sealing_key,
    signatures,
)
from services.gateway.webhooks.tables import WebhookRow
from services.kit.outside import Allowed
from services.kit.problems import Invalid

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


def test_a_signature_is_that_of_the_standard() -> None:
    made = signatures(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_of_a_machine_sees_no_more_than_its_key_does_when_it_is_sent() -> None:
    town, own = Municipality(key="jena", id=1), uuid4()
    hook = WebhookRow(
        municipality_id=town.id,
        key="empfang",
        url="https://example.org/",
        purpose="Test",
        types=["*"],
        roles=["planner", "supplier"],
        supplier="jenarbeit",
        api_key=own,
    )
    key = ApiKeyRow(
        municipality_id=town.id,
        key="statistik",
        purpose="Test",
        roles=["supplier", "statistician"],
        supplier="statistik",
        expires_at=NOW,
    )
    reader = reader_of(hook, town, key)
    assert reader is not None
    assert (reader.roles, reader.supplier, reader.municipality) == ({"supplier"}, None, town)
    assert reader_of(hook, town, None) is None
    hook.roles, hook.supplier, hook.api_key = [], None, None
    anybody = reader_of(hook, town, None)
    assert anybody is not None
    assert (anybody.kind, anybody.roles) == ("anonymous", frozenset())


def test_a_secret_is_sealed_and_opens_with_its_own_key_only() -> None:
    secret, key = new_secret(), sealing_key("a secret of the installation")
    stored = sealed(secret, key)
    assert secret not in stored
    assert opened(stored, key) == secret
    assert opened(stored, sealing_key("another one")) is None
    assert opened("nonsense", key) is None


def test_it_is_tried_ten_times_within_three_days_and_a_half() -> None:
    waits = []
    for tries in range(1, 10):
        then = following(AttemptOutcome.refused, tries, NOW, 0, None, test=False)
        assert then.state is WebhookDeliveryState.waiting
        assert then.at is not None
        waits.append(then.at - NOW)
    hours = (2, 5, 10, 14, 20, 24)
    promised = (5, 5 * 60, 30 * 60, *(hour * 3600 for hour in hours))
    assert waits == [timedelta(seconds=one) for one in promised]
    last = following(AttemptOutcome.refused, 10, NOW, 0, None, test=False)
    assert (last.state, last.at, last.gives_up) == (WebhookDeliveryState.failed, None, True)


def test_many_that_failed_together_are_not_tried_together() -> None:
    soon, late = (following(AttemptOutcome.timeout, 2, NOW, c, None, test=False).at for c in (0, 1))
    assert soon == NOW + timedelta(minutes=5)
    assert late == NOW + timedelta(minutes=5, seconds=30)


@pytest.mark.parametrize(
    ("wish", "wait"),
    [
        *[("120", 120), ("3", 5), ("99999999", 86400), ("86401", 86400)],
        *[("Wed, 21 Oct 2026 07:28:00 GMT", 5), ("-1", 5), ("", 5), ("\u00b2", 5), ("1" * 20, 5)],
    ],
)
def test_who_asks_for_patience_gets_it_up_to_a_day(wish: str, wait: int) -> None:
    then = following(AttemptOutcome.refused, 1, NOW, 0, wish, test=False)
    assert then.at == NOW + timedelta(seconds=wait)


def test_what_arrived_is_done() -> None:
    arrived = following(AttemptOutcome.accepted, 1, NOW, 0, "120", test=False)
    assert (arrived.state, arrived.at) == (WebhookDeliveryState.delivered, None)
    assert (arrived.gone, arrived.gives_up) == (False, False)


def test_gone_is_the_end_and_a_test_is_never_repeated() -> None:
    assert following(AttemptOutcome.gone, 1, NOW, 0, None, test=False).gone
    tested = following(AttemptOutcome.gone, 1, NOW, 0, None, test=True)
    assert not tested.gone
    assert following(AttemptOutcome.timeout, 1, NOW, 0, None, test=True).at is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *[(199, "refused"), (200, "accepted"), (204, "accepted"), (299, "accepted")],
        *[(300, "redirected"), (302, "redirected"), (399, "redirected"), (400, "refused")],
        *[(409, "refused"), (410, "gone"), (500, "refused")],
    ],
)
def test_only_2xx_is_success(status: int, outcome: str) -> None:
    assert meaning(status) == outcome


def test_patterns_mean_what_begins_alike() -> None:
    assert wants(["*"], "boards.body.created.v1")
    assert wants(["boards.body.*"], "boards.body.created.v1")
    assert not wants(["boards.body.*"], "boards.body_part.created.v1")
    assert not wants(["boards.body.changed.v1"], "boards.body.created.v1")


def test_of_persons_nothing_is_even_noted() -> None:
    assert is_told("boards.body.created.v1")
    assert not is_told("boards.person.created.v1")
    assert not is_told("gateway.api-key.created.v1")
    assert not is_told("projects.participant.changed.v1")


def test_an_answer_is_shown_as_text_and_never_whole() -> None:
    assert shown(b"ok\x00\xff\x1b[31m") == "ok\ufffd\ufffd\ufffd[31m"
    assert len(shown("ü".encode() * 5000)) == 1000


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.org/", "not_https"),
        ("https://user@example.org/", "address"),
        ("https://:secret@example.org/", "address"),
        ("https://example.org/#part", "address"),
        ("https://:443/", "address"),
        ("https://example.org:99999/", "address"),
        ("https://127.0.0.1/", "inside"),
        ("https://[::1]/", "inside"),
        ("https://[::ffff:10.0.0.1]/", "inside"),
        ("https://169.254.169.254/latest", "inside"),
        ("https://[::1/", "address"),
        ("https://example.org\\@127.0.0.1/", "address"),
        ("https://127.0.0.1#@example.org/", "address"),
        ("https://example.org:22/", "port"),
        ("https://example.org:25/", "port"),
        ("https://example.org:80/", "port"),
        ("https://example.org:1023/", "port"),
        ("https://100.64.0.1/", "inside"),
        ("https://[fd00::1]/", "inside"),
        ("https://[fe80::1]/", "inside"),
        ("https://[64:ff9b::7f00:1]/", "inside"),
        ("https://localhost/", "inside"),
        ("https://LOCALHOST.:8443/", "inside"),
        ("https://box.localhost/", "inside"),
        ("https://ｌocalhost/", "inside"),
        ("https://0x7f.1/", "inside"),
        ("https://127.1/", "inside"),
        ("https://2130706433/", "inside"),
        ("https://0177.0.0.1/", "inside"),
        ("https://0/", "inside"),
        ("https://127.0.0.1./", "inside"),
        ("https://127\u30020\u30020\u30021/", "inside"),
    ],
)
def test_where_nothing_may_be_sent_is_refused(url: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_target(url, Allowed(["10.1.0.0/16"]))
    assert refused.value.faults[0].code == code
    assert refused.value.faults[0].pointer == "/url"


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org/x", "http://10.1.2.3:8080/", "http://box/", "http://box:81/"),
        *("https://example.org:443/", "https://example.org:1024/"),
        *("https://0xa.0x1.2.3/", "https://167838211/", "https://mein.localhost/"),
        *("https://1572395042/", "https://localhost.example.org/", "https://notlocalhost/"),
    ],
)
def test_what_is_allowed_is_taken(url: str) -> None:
    check_target(url, Allowed(["10.1.0.0/16", "box", "mein.localhost"]))


def test_who_may_send_to_this_machine_may_call_it_by_its_name() -> None:
    for allowed in (["127.0.0.0/8"], ["::1"], ["localhost"]):
        check_target("https://localhost/", Allowed(allowed))
    with pytest.raises(Invalid):
        check_target("https://other.localhost/", Allowed(["localhost"]))
