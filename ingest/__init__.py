"""From files to what the corpus holds: sources, articles, statements, passages."""
