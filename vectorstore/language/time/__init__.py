"""Days, months, years and hours as a text names them."""
