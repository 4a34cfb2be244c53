"""The commands on a record, and their options; the work is loaded when a command runs."""

from __future__ import annotations

import signal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ascertain.cli.endings import DONE, SOME_SET_ASIDE, errors_told, same_record

RecordOption = Annotated[
    str | None,
    typer.Option(
        "--record",
        metavar="FILE|URL",
        help="A file, or a PostgreSQL database as postgresql://USER@HOST/NAME.",
        show_default="ASCERTAIN_DATABASE, else a file in your data folder",
    ),
]
Contact = Annotated[
    str | None,
    typer.Option(
        envvar="ASCERTAIN_CONTACT", help="An e-mail address or page of yours, told to the servers that are asked."
    ),
]
AllowPrivate = Annotated[
    list[str] | None,
    typer.Option(metavar="ADDRESS|NETWORK", help="A server or network of your own that may be asked, or `all`."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Tell only of what is set aside, and of errors.")]


class Pages(StrEnum):
    """Whether the page of a feed's entry is fetched."""

    NEEDED, ALWAYS, NEVER = "needed", "always", "never"


set_asides = typer.Typer(name="set-aside", help="What could not be taken in or read: list, retry or export it.")


def add_record_commands(app: typer.Typer) -> None:
    """Put the commands on a record among the others."""
    for command in (ingest, watch, status, verify, backup, restore):
        app.command()(command)
    app.add_typer(set_asides, no_args_is_help=True)


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files of any form, folders, archives, addresses, or - for a pipe; none to finish what waits.",
            show_default=False,
        ),
    ] = None,
    record: RecordOption = None,
    map_columns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Which columns of tables hold what.", exists=True)
    ] = None,
    contact: Contact = None,
    allow_private: AllowPrivate = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="all cores")] = None,
    no_read: Annotated[bool, typer.Option("--no-read", help="Take in only; a later ingest reads and links.")] = False,
    policy: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The rules that choose figures from now on.", show_default="the record's"),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Take reports into the record, of any form and from anywhere; read them and link their incidents."""
    with errors_told(f"; nothing is lost, go on with ascertain ingest{same_record(record)}"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that it ends as by Ctrl-C, and leaves no spool
        from ascertain.cli.ingest_command import ingest_all
        from ascertain.record.services.sources import address_settings

        set_aside = ingest_all(
            sources or [],
            record,
            columns=map_columns,
            fetching=address_settings(contact=contact, allow_private=allow_private or ()),
            workers=workers,
            read=not no_read,
            policy=policy,
            quiet=quiet,
        )
        raise typer.Exit(SOME_SET_ASIDE if set_aside else DONE)


def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.opml", help="The list of feeds, as a feed reader exports it.")
    ],
    record: RecordOption = None,
    once: Annotated[bool, typer.Option("--once", help="Ask what is due once, and end.")] = False,
    every: Annotated[float, typer.Option(min=1, metavar="MINUTES", help="How often each feed is asked.")] = 30,
    pages: Annotated[
        Pages, typer.Option(help="Fetch the page of an entry: where the feed gives a summary, always, or never.")
    ] = Pages.NEEDED,
    contact: Contact = None,
    allow_private: AllowPrivate = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read.", show_default="all cores")] = None,
    no_read: Annotated[bool, typer.Option("--no-read", help="Take in only; a later ingest reads and links.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell only of what failed, and of errors.")] = False,
) -> None:
    """Watch feeds, politely, and take what is new into the record; go on after any interruption."""
    with errors_told("; nothing is lost"):
        from ascertain.cli.watch_command import WatchOrder, watch_feeds
        from ascertain.intake.fetching import FetchSettings
        from ascertain.intake.watching import WatchSettings
        from ascertain.record.services.ingesting import IngestSettings

        order = WatchOrder(
            FetchSettings(contact=contact, allow_private=tuple(allow_private or ())),
            WatchSettings(interval=every * 60, pages=pages.value),
            IngestSettings(workers=workers, read=not no_read),
            once=once,
            quiet=quiet,
        )
        raise typer.Exit(SOME_SET_ASIDE if watch_feeds(feeds, record, order).failed else DONE)


def status(
    record: RecordOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
) -> None:
    """Count what the record holds, and what waits."""
    with errors_told():
        from ascertain.cli.status_command import show_status

        show_status(record, as_json=as_json)


def verify(
    record: RecordOption = None,
    head: Annotated[
        str | None, typer.Option(metavar="HEAD", help="A head that was noted before, which must still be there.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check that the record is as it was written: name each row or blob that was altered, is missing or was moved."""
    with errors_told():
        from ascertain.cli.verify_command import verify_record

        faults = verify_record(record, known_head=head, quiet=quiet)
        raise typer.Exit(SOME_SET_ASIDE if faults else DONE)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; it must not be there yet.")],
    record: RecordOption = None,
    quiet: Quiet = False,
) -> None:
    """Verify the record and write the whole of it into one file, as it is at this moment; others may go on writing."""
    with errors_told():
        from ascertain.cli.backup_command import back_up_to

        faults = back_up_to(file, record, quiet=quiet)
        raise typer.Exit(SOME_SET_ASIDE if faults else DONE)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that ascertain backup wrote.")],
    record: RecordOption = None,
    quiet: Quiet = False,
) -> None:
    """Check a backup and put it into a new record, of either kind of database."""
    with errors_told("; nothing was restored"):
        from ascertain.cli.backup_command import restore_from

        restore_from(file, record, quiet=quiet)


@set_asides.command("list")
def set_aside_list(record: RecordOption = None) -> None:
    """Show what is set aside, with its number, the reason and what to do."""
    with errors_told():
        from ascertain.cli.set_aside_command import show_set_aside

        raise typer.Exit(SOME_SET_ASIDE if show_set_aside(record) else DONE)


@set_asides.command("retry")
def set_aside_retry(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="NUMBER...", help="As the list has them.", show_default="all")
    ] = None,
    record: RecordOption = None,
) -> None:
    """Let the next ingest take up again what is set aside."""
    with errors_told():
        from ascertain.cli.set_aside_command import retry_set_aside

        retry_set_aside(numbers or [], record)


@set_asides.command("export")
def set_aside_export(
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder.")], record: RecordOption = None
) -> None:
    """Write what is set aside, with the originals that it is in, into a folder."""
    with errors_told():
        from ascertain.cli.set_aside_command import export_set_aside

        export_set_aside(out, record)
