"""The only way user input enters."""
