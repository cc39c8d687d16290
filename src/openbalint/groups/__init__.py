"""Groups: who belongs to them, how one comes in, and the script they work by."""
