# SPDX-License-Identifier: MIT
"""What the tests of userland share: the programs of each architecture, under emulation."""

import pytest

from emulated import QEMU, Userland


@pytest.fixture(name="user", scope="module", params=sorted(QEMU))
def fixture_user(request, tmp_path_factory):
    return Userland(request.param, tmp_path_factory.mktemp(request.param))
