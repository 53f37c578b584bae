"""Files as browsers get them: through the gateway, in one process and in four."""

from collections.abc import Iterator

import httpx

from tests.e2e.conftest import Town
from tests.support.documents import CSV, HTML, PDF

MEGABYTE = 1024 * 1024
LARGE = PDF[:-6] + bytes(range(256)) * (12 * 1024) + b"%%EOF\n"


def sent(office: httpx.Client, content: bytes, file_name: str) -> str:
    told = {"file_name": file_name, "visibility": "public"}
    answer = office.post("files", params=told, content=content)
    assert answer.status_code == 201, answer.text
    key: str = answer.json()["key"]
    return key


def test_a_file_comes_out_as_it_went_in(running_town: Town) -> None:
    with running_town.client("secretary") as office, running_town.client() as anybody:
        key = sent(office, LARGE, "Größe.pdf")
        for address in (f"files/{key}/content", f"files/{key}/download"):
            whole = anybody.get(address)
            assert whole.content == LARGE
            assert whole.headers["content-length"] == str(len(LARGE))
            head = anybody.head(address)
            assert (head.status_code, head.content) == (200, b"")
            for name in ("etag", "content-length", "content-disposition", "last-modified"):
                assert head.headers[name] == whole.headers[name]
            known = {"If-None-Match": whole.headers["etag"]}
            for reader in (anybody, office):
                assert reader.get(address, headers=known).status_code == 304
            for wanted, place in (
                ("1048570-1048580", slice(1048570, 1048581)),
                ("-6", slice(-6, None)),
            ):
                part = anybody.get(address, headers={"Range": f"bytes={wanted}"})
                assert (part.status_code, part.content) == (206, LARGE[place])


def test_nothing_that_is_shown_can_run(running_town: Town) -> None:
    with running_town.client("secretary") as office, running_town.client() as anybody:
        for content, name in ((HTML, "a.html"), (PDF, "a.pdf"), (CSV, "a.csv")):
            key = sent(office, content, name)
            shown = anybody.get(f"files/{key}/content")
            assert shown.content == content
            assert shown.headers.get_list("x-content-type-options") == ["nosniff"]
            (policy,) = shown.headers.get_list("content-security-policy")
            assert "default-src 'none'" in policy
            assert ("sandbox" in policy) == (name != "a.pdf")


def test_a_withdrawn_file_is_gone_for_those_who_had_just_read_it(running_town: Town) -> None:
    with running_town.client("secretary") as office, running_town.client() as anybody:
        key = sent(office, PDF, "a.pdf")
        address = f"files/{key}/content"
        etag = anybody.get(address).headers["etag"]
        gone = office.post(f"files/{key}/withdrawal", json={"reason": "Fehlerhaft."})
        assert gone.status_code == 200, gone.text
        for headers in ({}, {"If-None-Match": etag}, {"Range": "bytes=0-1"}):
            assert anybody.get(address, headers=headers).status_code == 410


def test_more_than_the_installation_takes_is_refused(running_town: Town) -> None:
    def parts() -> Iterator[bytes]:
        yield PDF
        for _ in range(64):
            yield bytes(MEGABYTE)

    with running_town.client("secretary") as office:
        for content in (parts(), bytes(64 * MEGABYTE + 1)):
            refused = office.post("files", params={"file_name": "a.pdf"}, content=content)
            assert refused.status_code == 413, refused.text
            assert refused.json()["type"] == "/problems/too-large"
        assert office.get("files").json()["items"] == []
