"""From ranked passages to quotes, viewpoints, disagreements and gaps."""
