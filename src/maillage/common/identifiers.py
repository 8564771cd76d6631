"""French company numbers: SIREN (a legal unit, 9 digits) and SIRET (a site, 14 digits)."""

# The sites of La Poste follow a rule of their own: the plain sum of the digits is a multiple of five.
LA_POSTE = "356000000"


def luhn(digits: str) -> bool:
    """Tell whether the digits pass the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if rank % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_siren(text: str) -> bool:
    return len(text) == 9 and text.isascii() and text.isdigit() and luhn(text)


def is_siret(text: str) -> bool:
    if len(text) != 14 or not (text.isascii() and text.isdigit()):
        return False
    if text.startswith(LA_POSTE):
        return luhn(text) or sum(map(int, text)) % 5 == 0
    return luhn(text)
