"""What a text claims and what it counts."""
