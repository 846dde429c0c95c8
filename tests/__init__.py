"""Tests: flat, one file a module, on real Chroma and no mocks."""
