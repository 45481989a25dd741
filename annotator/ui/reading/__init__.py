"""The reading view: an article with its entities, quotes and margin notes."""
