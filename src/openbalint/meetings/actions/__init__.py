"""Everything that writes meetings: ``planning`` for people's pages, ``sessions`` for the live room."""
