"""The ``survey`` command: everything a district's technician does without a browser."""

import sys

import click
from flask.cli import AppGroup, ScriptInfo
from pydantic import ValidationError

from survey.cli.check import check
from survey.cli.codes import codes
from survey.cli.database import database
from survey.cli.demo import demo
from survey.cli.enrolment import enrolment
from survey.cli.export import export
from survey.cli.flyers import flyers
from survey.cli.release import release
from survey.cli.responses import responses
from survey.cli.sites import sites
from survey.cli.staff import staff
from survey.cli.windows import window
from survey.storage import UnknownDatabase, Unreachable, silence
from survey.web import create_app

HELP = """Puente: family surveys in English and Spanish.

Everything is read from the environment: DATABASE_URL (an SQLite file unless set), SURVEY_CONTENT,
TIME_ZONE, SECRET_KEY, PORT, and more in the README. Each command says what it did, or what is wrong
and changes nothing.
"""

survey = AppGroup(name="survey", help=HELP, context_settings={"max_content_width": 100})
survey.add_command(check)
survey.add_command(sites)
survey.add_command(enrolment)
survey.add_command(window)
survey.add_command(codes)
survey.add_command(database)
survey.add_command(demo)
survey.add_command(staff)
survey.add_command(flyers)
survey.add_command(responses)
survey.add_command(release)
survey.add_command(export)


def main() -> None:
    """Run the command; settings or a database that can not be used are told in words, never as a traceback."""
    try:
        survey(prog_name="survey", obj=ScriptInfo(create_app=create_app))
    except ValidationError as faults:
        for fault in faults.errors():
            name = ".".join(str(part) for part in fault["loc"]).upper()
            click.echo(f"{name}: {fault['msg'].removeprefix('Value error, ')}", err=True)
        sys.exit(2)
    except UnknownDatabase as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except Unreachable as fault:
        click.echo(f"The database can not be reached: {silence.in_one_line(fault)}", err=True)
        sys.exit(1)
