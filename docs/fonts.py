"""Makes src/ascertain/release/pictures/fonts anew, from DejaVu Sans Condensed 2.37 (https://dejavu-fonts.github.io/).

    pip install fonttools
    python docs/fonts.py dejavu-fonts-ttf-2.37/ttf

Kept are the scripts in which places and parties of conflicts are most often written: Latin, Greek, Cyrillic, Armenian,
Hebrew, Arabic and Georgian, with punctuation, arrows and currencies. Hints are left out: charts are drawn large enough.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "ascertain" / "release" / "pictures" / "fonts"
NAMES = ("DejaVuSansCondensed", "DejaVuSansCondensed-Bold")
SIGNS = (
    "U+0020-024F,U+0259,U+02BB-02BD,U+02C6-02DD,U+0300-036F,U+0370-03FF,U+0400-04FF,U+0530-058F,U+0590-05FF,"
    "U+0600-06FF,U+0750-077F,U+10A0-10FF,U+1E00-1EFF,U+2000-206F,U+20A0-20BF,U+2190-2193,U+2212,U+FB1D-FB4F,"
    "U+FB50-FDFF,U+FE70-FEFF"
)


def cut_down(folder: Path, name: str) -> None:
    """Write a font with those signs alone."""
    command = ["pyftsubset", str(folder / f"{name}.ttf"), f"--unicodes={SIGNS}", "--layout-features=*"]
    subprocess.run([*command, "--no-hinting", "--name-IDs=*", f"--output-file={OUT / name}.ttf"], check=True)


if __name__ == "__main__":
    for font in NAMES:
        cut_down(Path(sys.argv[1]), font)
