"""The composition root: the only module that knows every service.

Each is loaded where it is put together: a process of one service loads that one alone, and
commands that need none load none.
"""

from contextlib import AsyncExitStack

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from services.kit.settings import Settings


def services(settings: Settings, database_url: str) -> dict[str, FastAPI]:
    """The services of one process, each with the others as its peers."""
    from services.boards.app import create_app as boards
    from services.indicators.app import create_app as indicators
    from services.projects.app import create_app as projects

    apps: dict[str, FastAPI] = {}
    apps["indicators"] = indicators(settings, database_url, apps.get)
    apps["boards"] = boards(settings, database_url, apps.get)
    apps["projects"] = projects(settings, database_url, apps.get)
    return apps


class OneProcess:
    """Gateway and services in one process: the gateway calls the services as ASGI apps."""

    def __init__(self, settings: Settings, database_url: str) -> None:
        from services.gateway.app import create_app

        self.services = services(settings, database_url)
        self.gateway = create_app(settings, database_url, self.services)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.gateway.http(scope, receive, send)
            return
        if scope["type"] != "lifespan":
            await self.gateway(scope, receive, send)
            return
        async with AsyncExitStack() as stack:
            for app in self.services.values():
                await stack.enter_async_context(app.router.lifespan_context(app))
            await self.gateway(scope, receive, send)


def alone(service: str, settings: Settings, database_url: str) -> ASGIApp:
    """One deployable for a process of its own; the others are reached over HTTP."""
    match service:
        case "indicators":
            from services.indicators.app import create_app as indicators

            return indicators(settings, database_url)
        case "boards":
            from services.boards.app import create_app as boards

            return boards(settings, database_url)
        case "projects":
            from services.projects.app import create_app as projects

            return projects(settings, database_url)
        case _:
            from services.gateway.app import create_app as gateway
            from services.gateway.remote import Remote

            others = ("indicators", "boards", "projects")
            remotes = {name: Remote(settings.upstream(name)) for name in others}
            return gateway(settings, database_url, remotes)
