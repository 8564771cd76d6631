"""A process that reads hostile files and says what it cost: `python -m tests.exchange.read_hostile guarded NAME …`."""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings

# Where a guard is missing, the process dies of this rather than the machine.
MOST = 3 * 1024**3


def main(mode: str, *names: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.settings.test"
    django.setup()
    from maillage.exchange import services
    from maillage.exchange.spreadsheets import archive, workbook
    from maillage.exchange.spreadsheets.errors import UnreadableFile
    from tests.exchange.hostile import FILES

    if mode == "bare":
        workbook.inspect = lambda file: archive.Inspection(frozenset())
        settings.IMPORT_MAX_BYTES = 10**12
    ended = {}
    with tempfile.TemporaryDirectory() as folder:
        for rank, name in enumerate(names):
            path = Path(folder) / f"{rank}.xlsx"
            # Built in a child, so that what building costs is not counted here.
            if (child := os.fork()) == 0:
                path.write_bytes(FILES[name][1]())
                os._exit(0)
            os.waitpid(child, 0)
            try:
                services.read_file(path, kind="PARTICIPANTS", filename=name)
            except UnreadableFile as refusal:
                ended[name] = refusal.code
            except MemoryError:
                ended[name] = "memory"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"peak": peak, "ended": ended}))


if __name__ == "__main__":
    main(*sys.argv[1:])
