"""Python imports this before anything else in a process that finds the folder on its path: its clock then goes wrong by that much."""

import datetime
import os

import time_machine

SKEW = datetime.timedelta(seconds=float(os.environ["CLOCK_SKEW_SECONDS"]))
time_machine.travel(datetime.datetime.now(datetime.UTC) + SKEW, tick=True).start()
