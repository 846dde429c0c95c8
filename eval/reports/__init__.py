"""The reports on a decision: for terminals, programs, CI, pull requests and people."""
