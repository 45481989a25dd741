"""What the program's work costs, beside the least that the same work could cost, measured in the same run."""
