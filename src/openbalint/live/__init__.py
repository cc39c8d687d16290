"""The live edge: sockets, the wire format, the rooms of this process, the journal, the bus and the clock."""
