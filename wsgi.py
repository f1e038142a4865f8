"""What a WSGI server loads: ``granian --interface wsgi wsgi:app``."""

from survey.web import create_app

app = create_app()
