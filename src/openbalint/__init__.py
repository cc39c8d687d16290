"""OpenBalint: Balint groups live in the browser, and everything around them."""

__version__ = "0.1.0"
