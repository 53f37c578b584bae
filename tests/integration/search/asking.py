"""Bodies and papers that are searched, and what is found of them."""

from typing import Any

from tests.support.towns import Door

COUNCIL = {
    "key": "stadtrat",
    "name": {"de": "Stadtrat", "it": "Consiglio"},
    "kind": "council",
    "mandates": ["decides"],
}
BOARD = {
    "key": "beirat",
    "name": {"de": "Beirat Armutsprävention", "en": "Advisory board on poverty prevention"},
    "kind": "advisory_board",
    "mandates": ["advises"],
    "description": {
        "de": "Berät zu Armut <b>und</b> Teilhabe der Häuser im Quartier.",
        "it": "Consiglia sulla povertà.",
    },
}


def paper(key: str, title: str, **more: Any) -> dict[str, Any]:
    public = {"kind": "report", "state": "submitted", "visibility": "public"}
    return {"key": key, "title": {"de": title}, **public, **more}


async def found(gate: Door, q: str, **query: Any) -> dict[str, Any]:
    response = await gate.get("/search", params={"q": q, **query})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def keys(answer: dict[str, Any]) -> list[str]:
    return [hit["key"] for hit in answer["hits"]]


async def suggested(gate: Door, q: str, **query: Any) -> list[str]:
    response = await gate.get("/suggestions", params={"q": q, **query})
    assert response.status_code == 200, response.text
    assert response.json()["query"] == q
    return [one["key"] for one in response.json()["suggestions"]]
