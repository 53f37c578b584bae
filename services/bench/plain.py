"""The same read as a team writes it first: FastAPI, SQLModel rows, Pydantic answers."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.observations.tables import PublishedRow


class Figure(BaseModel):
    """One figure, row by row."""

    model_config = ConfigDict(from_attributes=True)

    indicator: str
    area: str
    period: str
    breakdown: str
    value: Decimal | None
    status: str


def create_app(url: str) -> FastAPI:
    """An app with one route over the same table of the same database."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.get("/observations", response_model=list[Figure])
    async def observations(
        indicator: str, start: date = date.min, end: date = date.max
    ) -> list[PublishedRow]:
        statement = select(PublishedRow).where(
            PublishedRow.municipality_id == 169999999999,
            PublishedRow.indicator == indicator,
            col(PublishedRow.release_to).is_(None),
            col(PublishedRow.period_end).between(start, end),
        )
        async with sessions() as session:
            return list(await session.exec(statement))

    return app


if __name__ == "__main__":
    uvicorn.run(
        create_app(os.environ["DATABASE_URL"]),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
    )
