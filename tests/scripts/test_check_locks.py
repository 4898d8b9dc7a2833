"""An incomplete lock file is found before a fresh machine installs from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scripts import check_locks


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "lock.txt lacks pytest-cov, which pyproject.toml requires", id="asked-for"),
        pytest.param(
            "pytest-cov==7.0.0 \\\n    --hash=sha256:00\npluggy==1.6.0\npytest==9.0.0\n",
            "lock.txt lacks coverage, which pytest-cov requires",
            id="required-by-a-package",
        ),
        pytest.param(
            "pytest-cov==7.0.0\ncoverage==7.17.3\npluggy==1.6.0\npytest==9.0.0\n",
            "lock.txt names coverage without [toml], which pytest-cov requires",
            id="extra",
        ),
        pytest.param(
            "pytest-cov==6.0.0\n", "lock.txt has pytest-cov 6.0.0, and pyproject.toml requires >=7", id="version"
        ),
        pytest.param(
            'pytest-cov==7.0.0 ; python_version < "3"\n',
            "lock.txt lacks pytest-cov, which pyproject.toml requires",
            id="for-another-python",
        ),
    ],
)
def test_what_a_lock_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str) -> None:
    (tmp_path / "lock.txt").write_text(text)
    monkeypatch.setattr(check_locks, "PROJECT", tmp_path)

    assert problem in list(check_locks.check_lock("lock.txt", [Requirement("pytest-cov>=7")]))
