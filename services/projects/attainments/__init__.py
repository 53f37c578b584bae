"""Periods and approved updates put together to the progress of an indicator (Zielerreichung)."""
