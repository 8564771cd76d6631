"""The demonstration: the PNSI rebuilt as records, and beside it a small programme that lives today."""
