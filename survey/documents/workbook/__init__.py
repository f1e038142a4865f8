"""A release as a workbook that people read, filter and print."""

from survey.documents.workbook.file import to_xlsx

__all__ = ["to_xlsx"]
