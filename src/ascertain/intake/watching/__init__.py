"""Watching: feeds are asked again and again, and what is new in them is handed on.

In: lists of feeds (`opml`). Out: originals, each once, to whoever keeps the state (`state`), and tidings of what
happened (`tidings`). A watch that is killed goes on where it was (`polling`).
"""

from ascertain.intake.watching.in_file import FolderState
from ascertain.intake.watching.opml import Feed, FeedList, feeds_in
from ascertain.intake.watching.polling import WatchSettings, watch
from ascertain.intake.watching.state import FeedState, Standing, Version, Waiting
from ascertain.intake.watching.tidings import Failed, Moved, New, NoPage, Passed, Polled, Resting, Tiding

__all__ = [
    "Failed",
    "Feed",
    "FeedList",
    "FeedState",
    "FolderState",
    "Moved",
    "New",
    "NoPage",
    "Passed",
    "Polled",
    "Resting",
    "Standing",
    "Tiding",
    "Version",
    "Waiting",
    "WatchSettings",
    "feeds_in",
    "watch",
]
