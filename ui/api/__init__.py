"""The HTTP API. Read `application` first."""
