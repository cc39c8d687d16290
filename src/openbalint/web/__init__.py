"""HTML for people: pages that work as plain HTML with forms, and the room as a live island."""
