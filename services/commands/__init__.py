"""The `planraum` command: one module for each thing an operator does."""

import typer

from services.commands import (
    bench,
    deliver,
    demo,
    migrate,
    oparl,
    openapi,
    serve,
    token,
    up,
    verify,
)

app = typer.Typer(
    name="planraum",
    help="The backend of integrated municipal social planning.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (up, serve, migrate, demo, deliver, token, openapi, verify, bench):
    app.command(module.__name__.rsplit(".", 1)[1])(module.run)
app.add_typer(oparl.app, name="oparl")
