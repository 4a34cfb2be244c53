"""`ascertain status`: what the record holds."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from ascertain.record import chain
from ascertain.record.opening import open_record
from ascertain.record.selectors.counting import counts
from ascertain.record.selectors.policy import policy_in_force


def show_status(target: str | None, *, as_json: bool) -> None:
    """Print the counts, as lines or as one JSON object."""
    record = open_record(target, make=False)
    told = asdict(counts())
    if as_json:
        named = {"record": record.address.shown, "policy": policy_in_force()}
        typer.echo(json.dumps({**named, **told, "head": str(chain.head())}))
        return
    typer.echo(record.address.shown)
    typer.echo(f"{'policy':<18} {policy_in_force()}")
    for name, count in told.items():
        typer.echo(f"{name.replace('_', ' '):<18} {count:>14,}")
    typer.echo(f"{'head of the chain':<18} {chain.head()}")
