"""How one installation is set up: settings, addresses, the ASGI application, checks at the start."""
