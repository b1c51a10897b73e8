# SPDX-License-Identifier: MIT
"""What all tests share: the two architectures, a booted machine each, and how tests are spread.

A test that takes `arch` runs once for each architecture, or for each of its file's ARCHS; one that
takes `machine` gets a machine at its prompt, which the tests of one file and architecture share. On
several processes (-n 2) such tests stay together, so that a machine is booted once.
"""

import os

import pytest

from qemu import Machine

ARCHS = ("arm64", "arm")


def pytest_generate_tests(metafunc):
    if "arch" in metafunc.fixturenames:
        metafunc.parametrize("arch", getattr(metafunc.module, "ARCHS", ARCHS), scope="module")


@pytest.hookimpl(tryfirst=True)  # before xdist's own hook, which reads the marks
def pytest_collection_modifyitems(items):
    for item in items:
        arch = item.callspec.params.get("arch") if hasattr(item, "callspec") else None
        if arch:
            item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{arch}"))


@pytest.fixture(scope="module")
def arch():
    """Overridden by the parametrization above."""


@pytest.fixture(scope="module")
def machine(arch, request):
    with Machine(arch, log=f"{request.module.__name__}") as booted:
        booted.expect_prompt()
        yield booted


@pytest.fixture(scope="session")
def root():
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
