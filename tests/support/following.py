"""The journal of a service and its followers, which need not read what other tests have entered."""

import asyncpg
from fastapi import FastAPI
from sqlalchemy import text

from services.contracts.shared.access import Municipality
from services.kit import sql
from services.kit.clients import service_actor
from services.kit.following import Follower


async def begins_now(owner: asyncpg.Connection, service: str, followed: str, *names: str) -> None:
    """These followers of a service have done whatever the followed one tells up to now.

    Else each new one would go through the towns of all tests before it.
    """
    await owner.execute(
        f"""
        INSERT INTO {service}.follower (municipality_id, name, seq)
        SELECT municipality_id, name, seq FROM {followed}.journal_head, unnest($1::text[]) AS name
        ON CONFLICT (municipality_id, name) DO UPDATE
        SET seq = greatest(follower.seq, excluded.seq)""",
        names,
    )


def followers(app: FastAPI) -> dict[str, Follower]:
    """By their names."""
    return {follower.name: follower for follower in app.state.followers}


async def journal(app: FastAPI, town: Municipality, type: str) -> list[str]:
    """Subjects of the entries of one type in the journal of the service."""
    async with app.state.database.writing(service_actor("test", town)) as session:
        found = await sql.run(
            session,
            text("SELECT subject FROM journal WHERE type = :type ORDER BY seq"),
            {"type": type},
        )
        return list(found.scalars())
