"""The command `ascertain`: one command per job.

In: what a person types. Out: files, or a page of text; what went wrong goes to standard error, and into the exit
status: 0 all done, 1 done but for what was set aside, 2 not done, 130 broken off by the person.
"""

from ascertain.cli.app import app

__all__ = ["app"]
