"""Map the three top-level folders onto the one installed package."""

from __future__ import annotations

from setuptools import find_packages
from setuptools import setup

ROOTS = ("ledger", "importers", "plugins")

setup(
    packages=[f"yusuan.{r}{s}" for r in ROOTS for s in ["", *(f".{p}" for p in find_packages(r))]],
    package_dir={f"yusuan.{r}": r for r in ROOTS},
)
