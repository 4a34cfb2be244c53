"""What is shown and published of a record.

In: frozen values of the model and of what a page or a release has counted. Out: charts as SVG (`release.charts`), drawn
the same for a desk page and for a file. Needs no Django and no database.
"""
