"""Annotator: a desktop workbench for people who analyse news."""

__version__ = "0.1.0"
