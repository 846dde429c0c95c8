"""Who speaks in an English noun phrase."""
