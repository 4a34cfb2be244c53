"""`python -m ascertain` is the command `ascertain`."""

from ascertain.cli import app

if __name__ == "__main__":
    app(prog_name="ascertain")
