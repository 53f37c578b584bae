"""How bytes are given out: names, parts, and what is known already."""

from datetime import UTC, datetime
from email.message import Message
from urllib.parse import unquote

import pytest
from starlette.requests import Request

from services.kit.downloads import Span, disposition, http_date, is_known, span
from services.kit.problems import OutOfRange

AT = datetime(2026, 3, 12, 13, 0, 0, 500, tzinfo=UTC)
ETAG = '"abc"'


def asked(**headers: str) -> Request:
    named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return Request({"type": "http", "headers": named})


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Bericht.pdf", "Bericht.pdf"),
        ("Größe & Übersicht.pdf", "Groesse & Uebersicht.pdf"),
        ("Ämter, Öfen, STRAẞE, Maß.pdf", "Aemter, Oefen, STRASSE, Mass.pdf"),
        ("café.txt", "cafe.txt"),
        ('Der "Bericht"; x=1.pdf', "Der _Bericht_; x=1.pdf"),
        ("100 % Förderung.pdf", "100 _ Foerderung.pdf"),
        ("Отчёт.pdf", "_____.pdf"),
    ],
)
def test_a_name_survives_old_and_new_programs(name: str, plain: str) -> None:
    header = disposition("attachment", name)
    assert header.isascii()
    message = Message()
    message["Content-Disposition"] = header.split("; filename*=")[0]
    assert message.get_filename() == plain
    assert message.get_content_disposition() == "attachment"
    charset, _, coded = header.split("filename*=")[1].partition("''")
    assert (charset, unquote(coded)) == ("UTF-8", name)
    assert not set(coded) & set("\" ;,\\'()")


@pytest.mark.parametrize(
    ("range_", "expected"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("bytes=2-4", Span(2, 3)),
        ("bytes=5-", Span(5, 5)),
        ("bytes=-3", Span(7, 3)),
        ("bytes = 2 - 4", Span(2, 3)),
        (f"bytes={'9' * 5000}-", None),
        ("bytes=-30", Span(0, 10)),
        ("bytes=8-99", Span(8, 2)),
        ("bytes=0-1,4-5", None),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("lines=1-2", None),
        ("bytes=a-b", None),
    ],
)
def test_a_part_is_what_was_asked_for(range_: str, expected: Span | None) -> None:
    assert span(asked(range=range_), 10, ETAG, AT) == expected


@pytest.mark.parametrize("range_", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_bytes_past_the_end_are_refused(range_: str) -> None:
    with pytest.raises(OutOfRange) as refused:
        span(asked(range=range_), 10, ETAG, AT)
    assert refused.value.headers == {"Content-Range": "bytes */10"}


def test_a_part_of_another_state_is_everything() -> None:
    assert span(asked(range="bytes=0-1", if_range='"old"'), 10, ETAG, AT) is None
    assert span(asked(range="bytes=0-1", if_range=ETAG), 10, ETAG, AT) == Span(0, 2)
    assert span(asked(range="bytes=0-1", if_range=http_date(AT)), 10, ETAG, AT) == Span(0, 2)


def test_a_date_is_written_as_http_has_it() -> None:
    assert http_date(AT) == "Thu, 12 Mar 2026 13:00:00 GMT"


def test_the_etag_counts_more_than_the_age() -> None:
    assert is_known(asked(if_none_match='"x", W/"abc"'), ETAG, AT)
    assert is_known(asked(if_modified_since=http_date(AT)), ETAG, AT)
    assert is_known(asked(if_modified_since="Thu, 12 Mar 2026 13:00:00 -0000"), ETAG, AT)
    assert not is_known(asked(if_modified_since="Thu, 01 Jan 2026 00:00:00 GMT"), ETAG, AT)
    assert not is_known(asked(if_modified_since="yesterday"), ETAG, AT)
    for nonsense in ("9999999999 00:00:00 GMT", "2024 00:00:00 +99999999999999999"):
        assert not is_known(asked(if_modified_since=f"Mon, 01 Jan {nonsense}"), ETAG, AT)
    newer = {"if_modified_since": http_date(AT), "if_none_match": '"x"'}
    assert not is_known(asked(**newer), ETAG, AT)
    assert not is_known(asked(), ETAG, AT)
