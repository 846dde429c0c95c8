"""Numbers, amounts and units as a text writes them, in digits or in words."""
