"""The patterns by which Arabic says who speaks."""
