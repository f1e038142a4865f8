"""Renders releases as CSV, workbook and charts, and sets what is printed for families."""
