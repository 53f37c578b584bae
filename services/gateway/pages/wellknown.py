"""What programs look for at well-known addresses."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.kit.settings import Settings

LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
ROBOTS = "User-agent: *\nDisallow: /v1/\n"


def api_catalog(base: str) -> dict[str, Any]:
    """Where the API is and where it is described (RFC 9727, as a linkset of RFC 9264)."""
    return {
        "linkset": [
            {
                "anchor": f"{base}/v1",
                "service-desc": [{"href": f"{base}/openapi.json", "type": "application/json"}],
                "service-doc": [
                    {"href": f"{base}/docs", "type": "text/html"},
                    {"href": f"{base}/redoc", "type": "text/html"},
                ],
                "status": [{"href": f"{base}/readyz", "type": "application/json"}],
            }
        ]
    }


def security_txt(settings: Settings, base: str, now: datetime | None = None) -> str:
    """Whom to tell about a vulnerability (RFC 9116)."""
    end = ((now or datetime.now(UTC)) + timedelta(days=180)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return (
        f"Contact: {settings.security_contact}\n"
        f"Expires: {end.strftime('%Y-%m-%dT%H:%M:%SZ')}\n"
        "Preferred-Languages: de, en\n"
        f"Canonical: {base}/.well-known/security.txt\n"
    )


def protected_resource(settings: Settings, base: str) -> dict[str, Any]:
    """How one signs in (RFC 9728)."""
    issuers = [settings.oidc_issuer] if settings.oidc_issuer else []
    return {
        "resource": base,
        "resource_name": "Planraum",
        "resource_documentation": f"{base}/docs",
        "bearer_methods_supported": ["header"],
        **({"authorization_servers": issuers} if issuers else {}),
    }
