"""The project file: the only package that knows SQL. `store.project` opens it, nothing else connects."""
