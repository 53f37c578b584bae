"""What the gateway does in the background."""

from services.kit.jobs import Jobs

JOBS = Jobs("gateway")
