"""How good suggestions are, measured on labelled data: `python -m benchmarks.suggest_quality`."""
