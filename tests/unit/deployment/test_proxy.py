"""The reverse proxy: what must end before it reaches the gateway."""

import re
from pathlib import Path

import pytest

from services.kit.identity import HEADER
from services.kit.settings import Settings

ROOT = Path(__file__).parents[3]
NGINX = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")


def setting(name: str) -> str:
    found = re.findall(rf"^\s*{name}\s+(.+);$", NGINX, re.MULTILINE)
    assert len(found) == 1, f"{name} must be said once"
    value: str = found[0]
    return value


@pytest.mark.parametrize("name", ["client_header_timeout", "client_body_timeout", "send_timeout"])
def test_slow_requests_end_at_the_proxy(name: str) -> None:
    assert 1 <= int(setting(name).removesuffix("s")) <= 60


def test_large_requests_end_at_the_proxy() -> None:
    megabytes = Settings.model_fields["max_body_megabytes"].default
    assert setting("client_max_body_size") == f"{megabytes}m"
    assert setting("large_client_header_buffers") == "4 16k"
    assert int(setting("limit_conn place")) > 0


def test_nobody_outside_can_say_who_they_are_inside() -> None:
    assert f'proxy_set_header {HEADER} "";' in NGINX
    for name, value in {
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "Forwarded": '""',
    }.items():
        assert setting(f"proxy_set_header {name}") == value


def test_answers_stream_through() -> None:
    assert setting("proxy_buffering") == "off"
    assert setting("merge_slashes") == "off"


def test_the_log_holds_no_address_of_a_person() -> None:
    assert not re.search(r"log_format.*(remote_addr|request_uri|\$args|http_authorization)", NGINX)
