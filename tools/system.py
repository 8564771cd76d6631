"""Programs that no Python package brings: find them, or install them from the distribution where this is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*packages: str) -> bool:
    """Install packages of the distribution, as root or by a sudo that asks nothing; tell whether it worked."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        prefix = ["sudo", "-n"]
    else:
        return False
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print(f"Installing {', '.join(packages)} from the distribution.", flush=True)
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL)
    wanted = [*apt, "install", "-y", "--no-install-recommends", *packages]
    return subprocess.run(wanted, stdout=subprocess.DEVNULL).returncode == 0
