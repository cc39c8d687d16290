"""Answers as plain text for a terminal, and as one tidy table.

Text is laid out in columns that hold in Chinese too. Every test is printed through `statement`, which asks for what it was
taken on, for how many people, and how many are missing: a test that does not say so cannot be printed.
"""
