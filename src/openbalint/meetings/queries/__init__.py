"""Reads used twice: one module a concept."""
