"""The way out: every statistic leaves as part of a release, made once and stored frozen."""
