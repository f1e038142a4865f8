"""Whether this database holds the made-up district, which never mixes with real use."""

from sqlalchemy import Connection, insert, select

from survey.storage.tables import InstallationRow


def is_made_up(db: Connection) -> bool:
    """Whether the schools and answers in this database are invented."""
    return bool(db.execute(select(InstallationRow.made_up)).scalar())


def set_made_up(db: Connection) -> None:
    """Mark this database as holding the made-up district, for as long as it exists."""
    if not is_made_up(db):
        db.execute(insert(InstallationRow).values(id=1, made_up=True))
