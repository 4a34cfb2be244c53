"""`python -m tests.pipeline.run_tiny INPUT OUT [--resume]`: a run by a slow tiny reader, for tests that kill it."""

import sys
from pathlib import Path

from tests.pipeline.tiny_reader import TinyReader

from ascertain.pipeline import RunSettings, run

if __name__ == "__main__":
    given, out, *options = sys.argv[1:]
    reader = TinyReader(seconds=0.04)
    run([given], Path(out), settings=RunSettings(workers=2, resume="--resume" in options, reader=reader))
