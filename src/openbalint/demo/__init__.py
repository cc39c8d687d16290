"""The demonstration: an invented hospital, its people and what they say. Nothing here runs outside `openbalint demo`."""
