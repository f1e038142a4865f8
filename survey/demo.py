"""The made-up district: schools, staff and answers that show every page something, clearly marked as invented."""
