"""Commands that make the tables and graphs which come with the program. No user runs them."""
