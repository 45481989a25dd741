"""The Review view: two layers beside each other, and what is decided where they differ."""
