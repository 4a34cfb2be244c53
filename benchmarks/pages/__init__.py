"""The desk under load: a large record to open (`made`), and reviewers at work (`reviewers`)."""
