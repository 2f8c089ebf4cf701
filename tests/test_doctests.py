"""Examples in docstrings hold; run by import name, so that no module is loaded twice."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import yusuan.importers
import yusuan.ledger
import yusuan.plugins


def test_examples_in_docstrings_hold() -> None:
    packages = (yusuan.importers, yusuan.ledger, yusuan.plugins)
    names = [
        module.name
        for package in packages
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ]
    results = {name: doctest.testmod(importlib.import_module(name)) for name in names}
    assert {name: result for name, result in results.items() if result.failed} == {}
