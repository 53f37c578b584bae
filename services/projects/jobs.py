"""What this service does in the background."""

from services.kit.jobs import Jobs

JOBS = Jobs("projects")
