"""Settings from the environment, read once at start."""

import os
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Environment(StrEnum):
    """`local` allows development tokens and the embedded database; `production` refuses both."""

    local = "local"
    production = "production"


def default_data_directory() -> Path:
    """Where the embedded database and local secrets live when nothing is set.

    `.planraum` in the current folder when it is there, as `make up` makes it.
    """
    here = Path.cwd() / ".planraum"
    if here.is_dir():
        return here
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/planraum")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "planraum"


class Settings(BaseSettings):
    """Every setting of Planraum. Lists are comma-separated. Secrets never show in a repr or log."""

    model_config = SettingsConfigDict(env_prefix="PLANRAUM_", extra="ignore", frozen=True)

    environment: Environment = Environment.local
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535)
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*[^\s/?#])?$",
        description="Address under which the world reaches this installation, for good: every "
        "OParl id begins with it. On your own machine it need not be set.",
    )
    data_dir: Path = Field(default_factory=default_data_directory)
    pg_bin: Path | None = Field(
        None,
        validation_alias=AliasChoices("PG_BIN", "PLANRAUM_PG_BIN"),
        description="Folder of PostgreSQL binaries to use instead of the embedded ones.",
    )
    database_url: SecretStr | None = Field(
        None, validation_alias=AliasChoices("DATABASE_URL", "PLANRAUM_DATABASE_URL")
    )
    database_pooler: str = Field(
        "none", pattern="^(none|transaction)$", description="`transaction` behind PgBouncer."
    )
    pool_size: int = Field(3, ge=1, le=100, description="Connections per service and kind of pool.")

    internal_key: SecretStr | None = Field(
        None,
        description="Secret with which the gateway signs who is acting (32 characters or more).",
    )
    indicators_url: str = "http://127.0.0.1:8001"
    boards_url: str = "http://127.0.0.1:8002"
    projects_url: str = "http://127.0.0.1:8003"
    upstream_timeout: float = Field(
        30.0, gt=0, description="Seconds the gateway waits for a service."
    )

    oidc_issuer: str | None = None
    oidc_audience: str = "planraum"
    oidc_jwks_url: str | None = Field(None, description="Default: found through the issuer.")
    oidc_roles_claim: str = Field(
        "planraum_roles", description='Claim like {"jena": ["planner"]}; "*" is every municipality.'
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Addresses or networks whose X-Forwarded-For is believed."
    )
    rate_limit: int = Field(3000, ge=1, description="Requests per minute and caller.")
    cache_megabytes: int = Field(32, ge=0, description="Size of the gateway's answer cache.")
    max_body_megabytes: int = Field(64, ge=1)
    background_megabytes: float = Field(
        4, ge=0, description="Deliveries larger than this are checked in the background."
    )
    job_patience: float = Field(
        20, ge=1, description="Seconds without a sign of life until a job is begun anew."
    )
    webhook_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Hosts or networks of the inside that webhooks may reach, also by http."
    )
    webhook_key: SecretStr | None = Field(
        None, description="Secret with which secrets of webhooks are kept; default: internal key."
    )
    security_contact: str = "mailto:security@example.org"
    demo: bool = Field(True, description="`planraum up` loads Jena and the Wartburgkreis.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$")
    log_format: str = Field("auto", pattern="^(auto|json|text)$")

    @field_validator("cors_origins", "trusted_proxies", "webhook_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            ip_network(part, strict=False)
        return value

    @field_validator("webhook_allow")
    @classmethod
    def _hosts_or_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for part in value:
            if "/" in part or ":" in part:
                ip_network(part, strict=False)
        return value

    @property
    def public_address(self) -> str | None:
        """The beginning of addresses that others keep, such as the ids of OParl.

        None in production while it is not set: what was given out once is for good.
        """
        if self.public_url is None and self.environment == Environment.local:
            return f"http://127.0.0.1:{self.port}"
        return self.public_url

    def upstream(self, service: str) -> str:
        """Address of a service that runs in a process of its own."""
        return str(getattr(self, f"{service}_url"))
