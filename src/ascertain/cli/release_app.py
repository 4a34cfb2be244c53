"""The commands on releases, and their options; the work is loaded when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascertain.cli.endings import DONE, SOME_SET_ASIDE, errors_told
from ascertain.cli.record_app import Quiet, RecordOption

_TITLE = "Incidents of armed conflict as reported"


def add_release_commands(app: typer.Typer) -> None:
    """Put the commands on releases among the others."""
    app.command("release")(release)
    app.command("verify-release")(verify_release)


def release(
    profile: Annotated[str, typer.Option(metavar="NAME", help="Whom it is for: public, partner or internal.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder.")],
    record: RecordOption = None,
    run: Annotated[
        Path | None, typer.Option("--from", metavar="DIR", help="What ascertain run wrote, in place of a record.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The last release of this profile, to list what changed.")
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(metavar="KEY", help="Sign it with a private key of SSH or minisign.")
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="CC-BY-4.0, CC-BY-NC-4.0, CC-BY-SA-4.0, CC0-1.0, ODbL-1.0 or none.",
            show_default="CC-BY-4.0 where public, else none",
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="What it is called.")] = _TITLE,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who is to be cited.")] = "The authors of the record",
    pseudonyms: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The key of pseudonyms.", show_default="a file in your data folder"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write a release: tables, layouts, codebook, terms and sums, without what would endanger people."""
    with errors_told("; nothing was released"):
        from ascertain.cli.release_command import write_release
        from ascertain.release.releasing import Order

        order = Order(profile, title, by, licence, previous, sign)
        write_release(order, out, record=record, run=run, key_of_names=pseudonyms, quiet=quiet)


def verify_release(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of a release.")],
    key: Annotated[Path | None, typer.Option(metavar="PUBLIC_KEY", help="Whose signature it must have.")] = None,
    quiet: Quiet = False,
) -> None:
    """Check that a release is whole and as it was made, and who signed it."""
    with errors_told():
        from ascertain.cli.release_command import show_verified

        raise typer.Exit(SOME_SET_ASIDE if show_verified(folder, key=key, quiet=quiet).faults else DONE)
