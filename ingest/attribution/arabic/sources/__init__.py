"""Who speaks in an Arabic noun phrase."""
