"""Puente: families answer, schools listen. ``web`` serves the pages, ``cli`` is the ``survey`` command."""
