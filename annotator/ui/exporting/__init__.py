"""The window that exports: formats, what is chosen, what it will look like, and what was lost."""
