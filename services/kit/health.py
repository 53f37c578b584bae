"""Is the process alive, and may it be sent requests?"""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from services.kit import failures, migrate


def health_router(service: str) -> APIRouter:
    """`/livez` touches nothing; `/readyz` asks the database, the migrations and the followers."""
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def live() -> dict[str, str]:
        return {"status": "alive", "service": service}

    @router.get("/readyz")
    async def ready(request: Request) -> JSONResponse:
        report = await readiness(request, service)
        return JSONResponse(report, 200 if report["ready"] else 503, {"Cache-Control": "no-store"})

    return router


async def readiness(request: Request, service: str) -> dict[str, object]:
    """What is ready and what is not, in words an operator can act on."""
    wanted = migrate.head(service)
    report: dict[str, object] = {"service": service, "ready": False, "migration": wanted}
    try:
        async with request.app.state.database.pool.acquire(timeout=2) as connection:
            version = connection.get_server_version()
            report["postgresql"] = f"{version.major}.{version.micro}"
            found = await migrate.stored(connection, service)
    except failures.DATABASE:
        return {**report, "reason": "the database does not answer"}
    if found != wanted:
        return {**report, "reason": f"the database is at migration {found}: run planraum migrate"}
    followers = getattr(request.app.state, "followers", [])
    lag = {follower.name: await follower.lag() for follower in followers}
    return {**report, "ready": True, "behind": lag}
