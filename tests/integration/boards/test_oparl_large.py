"""A large town is crawled completely, page by page, at the price of one statement each."""

from collections import Counter
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.kit.database import Database
from tests.support.large_town import BODIES, ITEMS, MEETINGS, PAPERS, PERSONS, settle
from tests.support.oparl import Crawl, Reader, Standard, type_of
from tests.support.towns import Door

CHECKED = 15
"""Every so manieth object is held against the schemas: all of a type are made by one statement."""


class Counting:
    """A pool that counts the statements of answers."""

    def __init__(self, pool: Any) -> None:
        self.pool, self.asked = pool, 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name == "fetchrow"
        return getattr(self.pool, name)


async def test_a_large_town_is_read_completely(
    boards: Door,
    world: Reader,
    apps: dict[str, FastAPI],
    town: Municipality,
    owner: asyncpg.Connection,
    standard: Standard,
    monkeypatch: pytest.MonkeyPatch,
    statements: list[str],
) -> None:
    database: Database = apps["boards"].state.database
    await settle(database, owner, town)
    counting = Counting(database.pool)
    monkeypatch.setattr(database, "pool", counting)
    statements.clear()
    crawl = Crawl(world.get)
    await crawl.everything(world.system)
    assert crawl.pages <= counting.asked + len(statements) <= 1.2 * crawl.pages
    assert counting.asked == crawl.pages
    counted = Counter(map(type_of, crawl.objects.values()))
    assert counted["Paper"] == PAPERS
    assert counted["Meeting"] == MEETINGS
    assert counted["AgendaItem"] == MEETINGS * (ITEMS - 1)
    assert counted["Consultation"] == MEETINGS * (ITEMS - 1)
    assert counted["Organization"] == BODIES + 20
    assert (counted["Person"], counted["Membership"]) == (PERSONS, 2 * PERSONS)
    full = sum(-(-number // 100) for number in counted.values())
    assert crawl.pages == full + 1  # and the empty list of legislative terms
    for place, found in enumerate(crawl.objects.values()):
        if place % CHECKED == 0:
            standard.check(found)
            for other, wanted in standard.references(found):
                assert type_of(crawl.objects[other]) == wanted
    await a_body_that_goes_takes_everything_along(boards, world, crawl)


async def a_body_that_goes_takes_everything_along(
    boards: Door, world: Reader, crawl: Crawl
) -> None:
    """And whoever reads only what has changed since knows as much as who reads everything."""
    newest = max(one["modified"] for one in crawl.objects.values())
    hidden = await boards.patch("/bodies/gremium-2", {"visibility": "members"})
    assert hidden.status_code == 200
    since = newest.replace("+", "%2B")
    known = dict(crawl.objects)
    for name in ("organizations", "meetings", "agenda-items", "consultations", "papers"):
        news = Crawl(world.get)
        await news.list(f"{world.system}/{name}?modified_since={since}&limit=1000")
        known |= news.objects
    again = Crawl(world.get)
    for name in ("organizations", "meetings", "agenda-items", "consultations", "papers"):
        await again.list(f"{world.system}/{name}?limit=1000")
    kinds = {type_of(one) for one in again.objects.values()}
    standing = {
        address
        for address, one in known.items()
        if type_of(one) in kinds and not one.get("deleted")
    }
    assert standing == set(again.objects)
    assert all(known[address] == one for address, one in again.objects.items())
    assert len(again.lists[f"{world.system}/meetings?limit=1000"]) == MEETINGS - MEETINGS // BODIES
