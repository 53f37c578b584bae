"""How an index is made of figures, and how it is explained: floats and pure functions."""
