"""From a database address to what Django wants to know of it."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def sqlite(path: Path) -> dict:
    """SQLite as a server wants it: readers never wait, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def from_url(url: str) -> dict:
    """
    Read ``sqlite:///path`` or ``postgresql://user:password@host:port/name?option=value``.

    :raises ValueError: the scheme is neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"MAILLAGE_DATABASE_URL starts with {parts.scheme!r}: write sqlite:// or postgresql://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(query.pop("port", parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Behind a pooler, prepared statements belong to somebody else's connection.
        "OPTIONS": {"prepare_threshold": None, **query},
    }
