"""Figures that can be calculated from one another: how they are hidden together.

Imports numpy and HiGHS: import it where it is needed, not at the top of what starts early.
"""
