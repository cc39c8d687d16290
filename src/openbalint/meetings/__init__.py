"""One occurrence of a group: when it is planned, its stored session with the log, and the record that stays."""
