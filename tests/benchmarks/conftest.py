import sys
from pathlib import Path

# The benchmarks are scripts, not part of the package: their folder is put on the path as running them does.
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
