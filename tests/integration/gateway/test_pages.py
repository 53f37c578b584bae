"""Start page, documentation and well-known addresses: all from here, nothing from elsewhere."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import httpx
import pytest

from services.gateway.document import committed
from services.gateway.pages.start import CALLS

LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
    "form": "action",
}


class Loads(HTMLParser):
    """Every address that a browser would load or send to by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inline_scripts = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        if tag in LOADING and (address := known.get(LOADING[tag])):
            self.found.append(address)
        self.inline_scripts += tag == "script" and "src" not in known


PAGES = ("/", "/docs", "/redoc", "/problems", "/problems/conflict")


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_works_without_the_internet(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.get(address, headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    loads = Loads(answer.text)
    assert loads.inline_scripts == 0
    assert all(re.match(r"/[^/]", load) for load in loads.found), loads.found
    for load in loads.found:
        asset = await client.get(load)
        assert asset.status_code == 200, load
        if "/planraum/" in load and load.endswith((".js", ".css")):
            assert "//" not in re.sub(r"^\s*//.*$", "", asset.text, flags=re.M), load
        if load.endswith(".css"):
            assert not re.findall(r"url\((?![\"']?data:)|@import", asset.text), load
    policy = answer.headers["content-security-policy"]
    sources = {word for part in policy.split(";") for word in part.split()[1:]}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert "unsafe" not in policy.split("script-src")[1].split(";")[0]


async def test_the_documentation_remembers_who_signed_in_and_asks_no_validator(
    client: httpx.AsyncClient,
) -> None:
    script = (await client.get("/assets/planraum/docs.js")).text
    for setting in (
        'url: "/openapi.json"',
        "persistAuthorization: true",
        "deepLinking: true",
        "tryItOutEnabled: true",
        "filter: true",
        "validatorUrl: null",
    ):
        assert setting in script
    assert (await client.get("/redoc/logo-mini.svg")).status_code == 200


async def test_the_one_document_is_that_which_is_committed(client: httpx.AsyncClient) -> None:
    """That one is valid (`tests/contract/test_openapi.py`): no need to read it through again."""
    answer = await client.get("/openapi.json")
    whole, valid = answer.json(), committed("platform")
    without_mirror = {k: v for k, v in whole["paths"].items() if v["x-service"] != "mirror"}
    here = {k: v for k, v in valid["paths"].items() if v["x-service"] in ("gateway", "boards")}
    assert without_mirror == here
    schemas = whole["components"]["schemas"]
    assert schemas == {name: valid["components"]["schemas"][name] for name in schemas}
    needed = set(re.findall(r'"#/components/schemas/([^"/]+)"', answer.text))
    assert needed <= schemas.keys()
    for part in ("openapi", "info", "servers"):
        assert whole[part] == valid[part], part
    for part in ("tags", "x-problems"):
        assert [one for one in whole[part] if one not in valid[part]] == [], part
    assert whole["paths"]["/v1/{municipality}/organisations"]["x-service"] == "boards"
    assert whole["paths"]["/v1/{municipality}/api-keys"]["x-service"] == "gateway"
    described = {tag["name"] for tag in whole["tags"]}
    for path, item in without_mirror.items():
        for method in {"get", "post", "patch", "put", "delete"} & set(item):
            assert set(item[method]["tags"]) <= described, path
    known = await client.get("/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert known.status_code == 304


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", "de"),
        ("", "en-GB,en;q=0.9,de;q=0.5", "en"),
        ("", "fr,it", "de"),
        ("?lang=en", "de", "en"),
        ("?lang=xx", "en", "en"),
    ],
)
async def test_the_start_page_speaks_german_and_english(
    client: httpx.AsyncClient, registered: str, asked: str, accepted: str, language: str
) -> None:
    answer = await client.get(f"/{asked}", headers={"accept-language": accepted})
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    name = {"de": "Musterstadt", "en": "Sample Town"}[language]
    assert name in answer.text
    assert f"/v1/{registered}/" in answer.text
    for address, *_ in CALLS:
        assert f"'https://planraum.test{address}'" in answer.text


async def test_a_host_name_cannot_write_into_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", headers={"host": 'x"><script>alert(1)</script>'})
    assert "<script>" not in answer.text


async def test_every_kind_of_refusal_has_a_page_for_people_and_for_programs(
    client: httpx.AsyncClient,
) -> None:
    refused = (await client.get("/v1/nowhere/bodies")).json()
    page = await client.get(refused["type"], headers={"accept": "text/html,*/*"})
    assert "<h1>There is nothing here</h1>" in page.text
    told = (await client.get(refused["type"])).json()
    assert (told["slug"], told["status"]) == ("not-found", 404)
    listed = (await client.get("/problems")).json()
    assert told in listed
    for problem in listed:
        assert (await client.get(f"/problems/{problem['slug']}")).status_code == 200
    assert (await client.get("/problems/dragons")).status_code == 404


async def test_programs_find_the_api_by_itself(client: httpx.AsyncClient) -> None:
    catalog = await client.get("/.well-known/api-catalog")
    assert catalog.headers["content-type"].startswith("application/linkset+json")
    assert 'rel="api-catalog"' in catalog.headers["link"]
    links = catalog.json()["linkset"][0]
    for relation in ("service-desc", "service-doc", "status"):
        for link in links[relation]:
            assert (await client.get(link["href"])).status_code == 200
    assert (await client.get("/robots.txt")).text.startswith("User-agent: *")


async def test_security_contacts_do_not_run_out(client: httpx.AsyncClient) -> None:
    answer = await client.get("/.well-known/security.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"].startswith("mailto:")
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert 30 < left.days < 366
    assert fields["Canonical"].startswith("https://planraum.test/")


async def test_how_to_sign_in_is_described(client: httpx.AsyncClient) -> None:
    told = (await client.get("/.well-known/oauth-protected-resource")).json()
    assert told["resource"] == "https://planraum.test"
    assert told["bearer_methods_supported"] == ["header"]
