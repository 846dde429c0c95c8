"""A source cut into its articles, and what is stated of each."""
