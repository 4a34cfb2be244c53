"""The files that a run writes into its folder. They are no reports: intake leaves them out."""

CLAIMS = "claims.jsonl"
INCIDENTS = "incidents.jsonl"
TOLLS = "tolls.jsonl"
CONDITIONS = "conditions.jsonl"
NEGOTIATIONS = "negotiations.jsonl"
SET_ASIDE = "set_aside.jsonl"
MANIFEST = "run.json"
LINKS = "links.toml"
RESULTS = (CLAIMS, INCIDENTS, LINKS, TOLLS, CONDITIONS, NEGOTIATIONS, SET_ASIDE, MANIFEST)
