"""The embedding model that comes with the program, read by an engine that starts at once."""
