"""The only place that speaks SQL: a ``Store`` hands out connections, the modules beside it hold the queries."""

from survey.storage.store import Store, UnknownDatabase, Unreachable

__all__ = ["Store", "UnknownDatabase", "Unreachable"]
