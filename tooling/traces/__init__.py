"""What really happened, by the spans of a run, against what is declared: see `comparison.py`."""
