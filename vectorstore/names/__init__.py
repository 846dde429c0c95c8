"""Names of holders: when two written names are one, and which of them a text mentions."""
