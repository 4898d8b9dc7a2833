"""Collects static files so that a proxy, which runs as another user, can read the compressed ones too."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ReadableCompressor(Compressor):  # type: ignore[misc]  # whitenoise has no types
    """Gives a compressed file the permissions of its original, whatever the umask is."""

    def write_data(self, path: str, data: bytes, suffix: str, stat_result: os.stat_result) -> str:
        written: str = super().write_data(path, data, suffix, stat_result)
        Path(written).chmod(stat.S_IMODE(stat_result.st_mode))
        return written


class ReadableStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the same
    """WhiteNoise's storage with `ReadableCompressor`."""

    def create_compressor(self, **options: Any) -> Compressor:
        return ReadableCompressor(**options)
