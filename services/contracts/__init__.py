"""What the services share: Pydantic models, nothing else."""
