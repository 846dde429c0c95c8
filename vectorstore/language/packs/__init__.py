"""Each language in its own words."""
