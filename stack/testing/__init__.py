"""`make test`: every kind of test, each part on its own, all of them counted at the end."""
