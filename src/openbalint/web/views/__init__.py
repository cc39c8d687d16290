"""One module a concept; views read by queries, write by actions, and find things through `access`."""
