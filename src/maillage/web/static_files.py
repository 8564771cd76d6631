"""Static files served from the package, with the version in their address so that browsers may keep them."""

from django.contrib.staticfiles.storage import StaticFilesStorage

from maillage import __version__


class PackagedStaticFiles(StaticFilesStorage):
    def url(self, name):
        return f"{super().url(name)}?v={__version__}"
