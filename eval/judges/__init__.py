"""Judges that only evals use, and how the lexical one is calibrated."""
