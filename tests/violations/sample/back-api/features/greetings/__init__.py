"""Greetings: what the tests of the checks break."""
