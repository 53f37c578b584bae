"""What recommendations, resolutions and acts rest on: a vote of a meeting (Beschlussgrundlage)."""
