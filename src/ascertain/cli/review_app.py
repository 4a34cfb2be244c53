"""The commands on what people decide about a record, and their options; the work is loaded when a command runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascertain.cli.endings import DONE, SOME_SET_ASIDE, errors_told, same_record
from ascertain.cli.record_app import Quiet, RecordOption

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="As it stood at the end of a day (YYYY-MM-DD), in UTC.")
]
Acting = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who does it.", show_default="your user name, if it has an account"),
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the person is called in the record.")]
Role = Annotated[str, typer.Argument(metavar="ROLE", help="reader, reviewer, editor or administrator.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON, one line for each.")]

people = typer.Typer(name="people", help="Who may do what in the record: add people, list them, change their roles.")


def add_review_commands(app: typer.Typer) -> None:
    """Put the commands on decisions among the others."""
    for command in (desk, history, decide, decisions, reread, export):
        app.command()(command)
    app.add_typer(people, no_args_is_help=True)


def desk(
    record: RecordOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the pages are; 0 for any that is free.")] = 8642,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser; only tell the address.")] = False,
    base_map: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.pmtiles",
            help="Draw maps upon this file (Protomaps' schema).",
            show_default="ASCERTAIN_BASE_MAP, else the map in the package",
        ),
    ] = None,
) -> None:
    """Open the pages where people review, in a browser, on this machine."""
    with errors_told():
        from ascertain.cli.desk_command import open_desk

        open_desk(record, port=port, browser=not no_browser, base_map=base_map)


def history(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="An id that the incident has, or ever had.")],
    record: RecordOption = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show every state that an incident had: since when, why, by whom, and what it told."""
    with errors_told():
        from ascertain.cli.history_command import show_history

        show_history(incident, record, as_of=as_of, as_json=as_json)


def decide(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="A decision on each line.")],
    acting: Annotated[str, typer.Option("--as", metavar="NAME", help="Who decides; they need an account.")],
    record: RecordOption = None,
    quiet: Quiet = False,
) -> None:
    """Make the decisions of a file; a line that is refused is told, and the others are made."""
    with errors_told():
        from ascertain.cli.decide_command import decide_all

        raise typer.Exit(SOME_SET_ASIDE if decide_all(file, record, acting=acting, quiet=quiet) else DONE)


def decisions(record: RecordOption = None, as_json: AsJson = False) -> None:
    """Show every decision, who made it, when and why; as JSON, as ascertain decide takes them."""
    with errors_told():
        from ascertain.cli.decide_command import show_decisions

        show_decisions(record, as_json=as_json)


def reread(
    record: RecordOption = None,
    take_effect: Annotated[bool, typer.Option("--apply", help="Let it take effect.")] = False,
    discard: Annotated[bool, typer.Option("--discard", help="Drop what was read again.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the difference as JSON.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="all cores")] = None,
    quiet: Quiet = False,
) -> None:
    """Read all reports again by this version of the reader, and show what that changes before it takes effect."""
    if take_effect and discard:
        raise typer.BadParameter("one of --apply and --discard, not both")
    with errors_told(f"; go on with ascertain reread{same_record(record)}"):
        from ascertain.cli.reread_command import discard_staged, reread_all

        if discard:
            discard_staged(record)
            return
        failed = reread_all(record, take_effect=take_effect, as_json=as_json, workers=workers, quiet=quiet)
        raise typer.Exit(SOME_SET_ASIDE if failed else DONE)


def export(
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder.")],
    record: RecordOption = None,
    as_of: AsOf = None,
    quiet: Quiet = False,
) -> None:
    """Write claims.jsonl and incidents.jsonl out of the record, as people decided them."""
    with errors_told():
        from ascertain.cli.export_command import export_to

        export_to(out, record, as_of=as_of, quiet=quiet)


@people.command("add")
def people_add(
    name: Name,
    role: Annotated[str, typer.Option(metavar="ROLE", help="reader, reviewer, editor or administrator.")],
    record: RecordOption = None,
    acting: Acting = None,
) -> None:
    """Open an account."""
    with errors_told():
        from ascertain.cli.people_command import add_to

        add_to(record, name, role, acting)


@people.command("list")
def people_list(record: RecordOption = None, as_json: AsJson = False) -> None:
    """Show everybody who has or had an account, and their roles."""
    with errors_told():
        from ascertain.cli.people_command import show_people

        show_people(record, as_json=as_json)


@people.command("role")
def people_role(name: Name, role: Role, record: RecordOption = None, acting: Acting = None) -> None:
    """Give a person another role; it opens a closed account again."""
    with errors_told():
        from ascertain.cli.people_command import give_role

        give_role(record, name, role, acting)


@people.command("invite")
def people_invite(
    name: Name,
    desk: Annotated[str, typer.Option(metavar="URL", help="Where the desk is.")] = "http://127.0.0.1:8642",
    record: RecordOption = None,
    acting: Acting = None,
) -> None:
    """Make a link by which a person chooses a password for the desk, once."""
    with errors_told():
        from ascertain.cli.people_command import show_link

        show_link(record, name, desk, acting)


@people.command("close")
def people_close(name: Name, record: RecordOption = None, acting: Acting = None) -> None:
    """Close an account: what the person decided stays, and they may do nothing any more."""
    with errors_told():
        from ascertain.cli.people_command import close

        close(record, name, acting)
