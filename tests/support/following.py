"""Followers that need not read again what other tests have entered."""

import asyncpg


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
