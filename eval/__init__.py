"""Running suites of questions, scoring the answers, gating a release."""
