"""The example page of the TypeScript client shows what the platform says, and nothing else."""

from collections.abc import Mapping
from typing import Any

from lxml import html

from tests.e2e.conftest import Town
from tests.support.deployments import Deployment
from tests.support.node import node

INDICATOR, AREA, BODY = "haushalte-wandel-status", "lobeda-west", "planungsbeirat-lsz"
GRANT = "grant:armutspraevention-2016"


def page_of(url: str, *arguments: str) -> html.HtmlElement:
    """The page as the example prints it."""
    done = node("examples/page.ts", url, *arguments, NO_PROXY="127.0.0.1")
    assert (done.returncode, done.stderr) == (0, "")
    return html.fromstring(done.stdout)


def texts(page: html.HtmlElement, where: str) -> list[str]:
    return [plain(found.text_content()) for found in page.xpath(where)]


def plain(text: str) -> str:
    """With simple spaces: labels have such as do not break, markup has any."""
    return " ".join(text.split())


def numbered(entry: Mapping[str, Any]) -> str:
    return "" if entry["number"] is None else f"{entry['number']}: "


def test_every_part_of_the_page_is_drawn_as_the_platform_tells_it(
    shown: Deployment,
) -> None:
    page = page_of(shown.url, "jena", INDICATOR, AREA, BODY, GRANT)
    with shown.client() as anybody:
        told = anybody.get(f"/v1/jena/maps/{INDICATOR}?lang=de").json()
        profile = anybody.get(f"/v1/jena/areas/{AREA}/profile?lang=de").json()
        board = anybody.get(f"/v1/jena/bodies/{BODY}/page").json()
        thread = anybody.get(f"/v1/jena/thread?of={GRANT}").json()
        measures = anybody.get("/v1/jena/measures?include=project").json()

    areas = [area["properties"] for area in told["features"]]
    assert len(areas) > 5
    assert texts(page, "//figure//path/title") == [
        plain(f"{area['name']['de']}: {area['label']}") for area in areas
    ]
    shapes = page.xpath("//figure//path[starts-with(@id, 'area-')]")
    assert [shape.get("fill") for shape in shapes] == [area["colour"] for area in areas]
    assert all(shape.get("d").startswith("M") for shape in shapes)
    assert texts(page, "//*[@class='legend']/li") == [
        plain(f"{numbered(entry)}{entry['label']} ({entry['count']})") for entry in told["legend"]
    ]
    assert told["schematic"] in texts(page, "//figcaption")[0]

    lines = [line for topic in profile["topics"] for line in topic["indicators"]]
    assert lines
    assert texts(page, "//*[@class='profile']//th") == [line["name"]["de"] for line in lines]
    assert texts(page, "//*[@class='profile']//tr/td[1]") == [
        plain(line["label"]) for line in lines
    ]

    seats = board["composition"]["seats"]
    assert seats
    assert texts(page, "//*[@class='seats']/li/strong") == [seat["name"]["de"] for seat in seats]
    states = [shown_as.get("class") for shown_as in page.xpath("//*[@class='seats']/li")]
    assert states == [f"seat {seat['state']}" for seat in seats]
    said = [violation["text"]["de"] for violation in board["composition"]["violations"]]
    assert said
    assert texts(page, "//*[@class='violations']/li") == said

    assert len(thread["nodes"]) > 3
    shown_nodes = page.xpath("//*[@class='thread']//g")
    assert [node.get("id") for node in shown_nodes] == [node["ref"] for node in thread["nodes"]]
    assert len(page.xpath("//*[@class='thread']//svg/path")) == len(thread["edges"])
    across = {node.get("id"): float(node.get("transform")[10:].split()[0]) for node in shown_nodes}
    assert all(across[edge["from"]] < across[edge["to"]] for edge in thread["edges"])

    assert len(measures["items"]) > 2
    assert texts(page, "//*[@class='measures']//td[1]") == [
        measure["title"]["de"] for measure in measures["items"]
    ]
    projects = measures["included"]["project"]
    assert texts(page, "//*[@class='measures']//td[2]") == [
        projects[measure["project"]]["name"]["de"] for measure in measures["items"]
    ]


def test_what_somebody_writes_is_shown_as_text_and_a_refusal_in_its_place(
    running_town: Town,
) -> None:
    name = '<script>alert(1)</script> & "Rat"'
    with running_town.client("administrator") as office:
        body = {"key": "rat", "name": {"de": name}, "kind": "council", "mandates": ["decides"]}
        made = office.post("bodies", json=body)
        assert made.status_code == 201, made.text
    page = page_of(running_town.deployment.url, running_town.key, INDICATOR, AREA, "rat")
    assert texts(page, "//*[@class='board']/h2") == [name]
    assert page.xpath("//script") == []
    assert texts(page, "//*[@class='refused']") == [
        f"There is no indicator '{INDICATOR}' that you may see.",
        f"There is no area '{AREA}' that you may see.",
        f"There is no '{GRANT}' that you may see.",
    ]
