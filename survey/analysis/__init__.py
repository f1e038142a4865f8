"""Responses into estimates, and estimates into what may be published. Only ``releases`` may use it."""
