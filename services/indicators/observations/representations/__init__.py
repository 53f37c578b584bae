"""Figures in the forms that are not made by the statement itself: pure functions of a table."""
