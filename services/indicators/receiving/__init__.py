"""Files are received, at once or in the background, and their check is watched."""
