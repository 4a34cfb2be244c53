"""The commands and their options; the work is loaded when a command runs, so that `--help` is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascertain.cli.endings import DONE, SOME_SET_ASIDE, errors_told
from ascertain.cli.record_app import add_record_commands
from ascertain.cli.release_app import add_release_commands
from ascertain.cli.review_app import add_review_commands

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files of reports (JSONL, text, PDF, HTML, tables, e-mail, archives, chats …), folders, or - for a pipe.",
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--map-columns", metavar="FILE", help="Which column of a table holds what, in TOML or JSON."),
]

app = typer.Typer(
    name="ascertain",
    help="Turns reports of armed conflict into a sourced, countable record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        import ascertain

        typer.echo(f"ascertain {ascertain.__version__}")
        raise typer.Exit


def _folder(given: str) -> Path:
    """A folder named by an option; a name of nothing would be this folder, which nobody means by it."""
    if not given:
        raise typer.BadParameter("it is named by nothing; give its path, or . for this folder")
    return Path(given)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Turns reports of armed conflict into a sourced, countable record."""


@app.command()
def run(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(help="Folder for the results.", parser=_folder, metavar="DIR")],
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="all cores")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was broken off.")] = False,
    apart: Annotated[bool, typer.Option("--apart", help="Do not link incidents across reports.")] = False,
    policy: Annotated[
        str,
        typer.Option(metavar="NAME", help="How figures are chosen: ascertain, airwars, ucdp, acled, latest_official."),
    ] = "ascertain",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the results of another run in the folder.")
    ] = False,
    map_columns: Mapping = None,
    max_characters: Annotated[int, typer.Option(min=1, help="Set longer texts aside.")] = 2_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell only of what is set aside, and of errors.")] = False,
) -> None:
    """Read reports; write claims, incidents, tolls, conditions and negotiations, and what could not be read."""
    with errors_told(", and go on with --resume"):
        from ascertain.cli.run_watcher import watched_run
        from ascertain.intake.columns import columns_in
        from ascertain.pipeline import RunSettings

        settings = RunSettings(
            workers=workers,
            resume=resume,
            replace=replace,
            apart=apart,
            policy=policy,
            max_characters=max_characters,
            columns=columns_in(map_columns) if map_columns else None,
        )
        summary = watched_run(inputs, out, settings, quiet=quiet)
        raise typer.Exit(SOME_SET_ASIDE if summary.set_aside else DONE)


@app.command()
def read(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of reports, of any form, or - for one piped in.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the claims as JSON, one line per report.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Day of publication, for reports that give none.")
    ] = None,
    to_map: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE.html", help="Write a page with the places on a map, in place of the text."),
    ] = None,
    map_columns: Mapping = None,
) -> None:
    """Show a report with its evidence marked, and a table of its claims; or its places on a map."""
    with errors_told():
        from ascertain.cli.read_command import show_file
        from ascertain.intake.columns import columns_in

        columns = columns_in(map_columns) if map_columns else None
        set_aside = show_file(file, as_json=as_json, published=published, to_map=to_map, columns=columns)
        raise typer.Exit(SOME_SET_ASIDE if set_aside else DONE)


@app.command()
def why(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Id of an incident, also one that has moved on.")],
    folder: Annotated[
        Path, typer.Option("--in", help="Folder that `ascertain run` wrote to.", parser=_folder, metavar="DIR")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write the answer as JSON.")] = False,
    reports: Annotated[
        list[str] | None,
        typer.Option(metavar="INPUT", help="The reports, to quote from.", show_default="where the run read them"),
    ] = None,
) -> None:
    """Explain an incident: who says so, where its numbers come from, why its reports are one, and what is left out."""
    with errors_told():
        from ascertain.cli.why_command import show_why

        show_why(incident, folder, as_json=as_json, reports=reports)


@app.command()
def places(
    inputs: Inputs,
    out: Annotated[Path, typer.Option(metavar="FILE", help="File for the places, one line a report.")],
    relative: Annotated[
        bool, typer.Option("--relative", help='Also write places such as "10 km south of Djibo".')
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="all cores")] = None,
    map_columns: Mapping = None,
    max_characters: Annotated[int, typer.Option(min=1, help="Set longer texts aside.")] = 2_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell only of what is set aside, and of errors.")] = False,
) -> None:
    """Find the place names in reports, and where they are; write them to a file."""
    with errors_told():
        from ascertain.cli.run_watcher import watched_places
        from ascertain.intake.columns import columns_in

        found = watched_places(
            inputs,
            out,
            relative=relative,
            workers=workers,
            max_characters=max_characters,
            columns=columns_in(map_columns) if map_columns else None,
            quiet=quiet,
        )
        raise typer.Exit(SOME_SET_ASIDE if found.set_aside else DONE)


@app.command()
def schema(
    out: Annotated[
        Path | None, typer.Option(help="Folder to write one file per schema to.", show_default="print")
    ] = None,
) -> None:
    """Write the exchange format as JSON Schema."""
    with errors_told():
        import json

        from ascertain.pipeline.schema import schemas, write_schemas

        if out is None:
            typer.echo(json.dumps(schemas(), indent=2, ensure_ascii=False))
            return
        for path in write_schemas(out):
            typer.echo(str(path))


gazetteers = typer.Typer(name="gazetteer", help="Add gazetteers of your own; list, remove and search them.")
app.add_typer(gazetteers, no_args_is_help=True)


@gazetteers.command("add")
def gazetteer_add(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL",
            help="A GeoNames dump (.txt or .zip), an .osm.pbf extract, a CSV of points, or a GeoJSON of divisions.",
        ),
    ],
    name: Annotated[
        str | None, typer.Option(help="What to call it; one of that name is replaced.", show_default="as the file")
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="name=A,lat=B,lon=C", help="Which column or property holds what.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CC", help="Country of places for which the file tells none.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="The file's terms, for the list.")] = None,
    skipped: Annotated[Path | None, typer.Option(metavar="FILE", help="Write down each row that is skipped.")] = None,
    max_megabytes: Annotated[int, typer.Option(min=1, help="The most that is fetched from a URL.")] = 4000,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell only of what is skipped, and of errors.")] = False,
) -> None:
    """Add a gazetteer; rows with faults are named and skipped."""
    with errors_told("; nothing was changed"):
        from ascertain.cli.gazetteer_command import add, columns_from
        from ascertain.places.library import Order

        order = Order(name, columns_from(columns), country, licence, max_megabytes * 1_000_000)
        done = add(source, order, skipped_to=skipped, quiet=quiet)
        raise typer.Exit(SOME_SET_ASIDE if done.skipped else DONE)


@gazetteers.command("list")
def gazetteer_list() -> None:
    """Show the gazetteers that were added, and where each came from."""
    with errors_told():
        from ascertain.cli.gazetteer_command import show_added

        raise typer.Exit(DONE if show_added() else SOME_SET_ASIDE)


@gazetteers.command("remove")
def gazetteer_remove(name: Annotated[str, typer.Argument(help="As the list has it.")]) -> None:
    """Remove a gazetteer that was added."""
    with errors_told():
        from ascertain.places.library import remove

        remove(name)


@gazetteers.command("search")
def gazetteer_search(
    name: Annotated[list[str], typer.Argument(metavar="NAME", help="In any spelling or script.")],
    most: Annotated[int, typer.Option(min=1, help="Show so many at most.")] = 20,
) -> None:
    """Show the places of a name, in all gazetteers in use."""
    with errors_told():
        from ascertain.cli.gazetteer_command import show_hits

        raise typer.Exit(DONE if show_hits(" ".join(name), most) else SOME_SET_ASIDE)


add_record_commands(app)
add_review_commands(app)
add_release_commands(app)
