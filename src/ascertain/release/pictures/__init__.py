"""Pictures: charts and maps as files of their own, SVG and PNG.

In: what `release.charts` and `release.page` draw. Out: bytes, the same for the same chart. The fonts are the package's
own (DejaVu Sans, `fonts/LICENCE.txt`), so that no machine's fonts change a picture.
"""

from ascertain.release.pictures.files import picture_files, svg_file
from ascertain.release.pictures.png import png_of

__all__ = ["picture_files", "png_of", "svg_file"]
