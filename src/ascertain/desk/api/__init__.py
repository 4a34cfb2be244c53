"""The API: the record as JSON, for programs that show a token, and for pages of the desk.

In: requests under `/api/`. Out: what the record holds, in the exchange format, and decisions, made by the services that
the pages use. How it is used is in `docs/api.md`; what it takes and gives is described at `/api/openapi.json`.
"""
