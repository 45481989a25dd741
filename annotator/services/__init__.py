"""Use cases: plain functions that take the project first and give `Changes`, rows, or a job."""
