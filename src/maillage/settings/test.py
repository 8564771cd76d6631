"""Settings of the tests: the same, in a folder thrown away, on the database that MAILLAGE_DATABASE_URL names."""

import os
import tempfile

os.environ.setdefault("MAILLAGE_HOME", tempfile.mkdtemp(prefix="maillage-test-"))
os.environ.setdefault("MAILLAGE_SECRET_KEY", "for-the-tests-only")

from maillage.settings.base import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
# The tests of sign-in say when they want the lock.
AXES_ENABLED = False
