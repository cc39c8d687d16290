"""People: who they are here, and how they come in."""
