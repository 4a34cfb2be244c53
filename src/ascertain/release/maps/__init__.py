"""Maps as parts of an SVG: outlines of countries, frames, labels that lie on nothing else, and a scale bar.

In: positions in degrees with how far off they may be. Out: text of SVG, the same for the same places. What a sign means
is for those who draw it: `cli.report_map` for the places of a report, `release.page` for those of a record.
"""
