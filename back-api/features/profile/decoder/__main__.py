"""`python -m decoder`."""

import sys

from .worker import main

main(sys.stdin.buffer, sys.stdout.buffer)
