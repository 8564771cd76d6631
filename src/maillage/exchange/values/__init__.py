"""Read what people write in cells: numbers, dates, identifiers, words. No database, no guess that is not said."""
