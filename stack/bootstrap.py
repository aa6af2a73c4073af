"""Entry of every make target, readable by any Python so that a wrong one gets a sentence instead of a traceback."""

import os
import sys

if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.exit(
        "Tools Dashboard needs Python 3.11 to 3.14, but `python3` is Python %d.%d here: "  # noqa: UP031
        "install a newer one, or name it: make up PYTHON=/path/to/python3.11" % sys.version_info[:2]
    )

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

from stack.setup.main import main

main(sys.argv[1:])
