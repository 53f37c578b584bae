"""The `planraum` command."""

from services.commands import app

if __name__ == "__main__":
    app()
