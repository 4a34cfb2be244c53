"""A made-up corpus: incidents whose truth is known, and reports of them that differ as reports do.

In: a seed and a number of incidents. Out: a set of reports with their answers (`made`), the same for the same seed.
`tables` holds what it is made of, `world` makes the incidents, `dispatches` writes of them, in the words of `wording`,
and `press` prints; `claims` makes readings directly, without texts, for measuring at scale.
"""
