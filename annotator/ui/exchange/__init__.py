"""Sending and receiving work: what colleagues exchange, whose keys they trust, and who one is."""
