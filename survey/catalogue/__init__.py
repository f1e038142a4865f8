"""Reads a content folder into frameworks and instruments, or lists every fault in it at once."""
