"""Pages for people and programs that look around: start, documentation, problems, well-known."""
