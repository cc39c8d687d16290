"""The live session: commands in, events and effects out. Pure: no framework, no clock, no network."""
