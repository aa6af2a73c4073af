import sys,tempfile
from pathlib import Path
from tests.violations.tree import *
from tooling.contracts.check import check
from tooling.boundaries import check as b
import shutil
t=Path("/tmp/h/discovery/.stack/sampletree"); shutil.rmtree(t,ignore_errors=True); t.mkdir()
copy(t)
for f in [*check(t), *b(t)]: print(f)
