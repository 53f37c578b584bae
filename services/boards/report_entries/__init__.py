"""Lists bound into reports: recommendations, resolutions, measures, releases, evidence."""
