"""Renders a release: CSV, workbook and charts. Knows nothing of how the figures came about."""
