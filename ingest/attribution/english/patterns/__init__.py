"""The patterns by which English says who speaks."""
