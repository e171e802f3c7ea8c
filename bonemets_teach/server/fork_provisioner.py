"""Lets Jupyter start kernels by forking a warmed process (Linux); others start the ordinary way."""

from __future__ import annotations

import os
import sys
from importlib.metadata import EntryPoint
from typing import Any, Final

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from bonemets_teach.server.fork_client import ForkClient
from bonemets_teach.server.forked_process import ForkedProcess

__all__ = ["PROVISIONER", "ForkProvisioner", "can_fork", "register"]

PROVISIONER: Final = "bonemets-fork"


def can_fork() -> bool:
    """Tell whether this machine can fork kernels.

    Returns
    -------
    can : bool
        True on Linux with pidfd (kernel 5.3 or newer).
    """
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def register() -> None:
    """Make the provisioner known to Jupyter, also where the package runs from a checkout."""
    KernelProvisionerFactory.provisioners[PROVISIONER] = EntryPoint(
        PROVISIONER, f"{__name__}:ForkProvisioner", KernelProvisionerFactory.GROUP_NAME
    )


class ForkProvisioner(LocalProvisioner):
    """Asks the fork server of the kernel manager for a process instead of starting a program.

    The kernel manager of managers (``self.parent.parent``) has ``fork_client`` and
    ``kernel_ended(kernel_id)``.
    """

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a Python kernel, or start the command if it is no Python kernel.

        Parameters
        ----------
        cmd : list of str
            Command of the kernel specification.
        **kwargs
            ``env`` and ``cwd``; the rest goes to the ordinary provisioner.

        Returns
        -------
        info : dict
            Connection information of the kernel.
        """
        manager: Any = self.parent.parent if self.parent else None
        client: ForkClient | None = getattr(manager, "fork_client", None)
        if client is None or "ipykernel_launcher" not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        argv = cmd[cmd.index("ipykernel_launcher") + 1 :]
        pid = await client.fork(argv, str(kwargs.get("cwd") or os.getcwd()), kwargs["env"])  # noqa: PTH109
        self.pid, self.cwd = pid, kwargs.get("cwd")
        # Until the fork has its own session, its group id would name the fork server's group.
        self.pgid = None
        process: Any = ForkedProcess(pid, lambda: manager.kernel_ended(self.kernel_id))
        self.process = process
        return self.connection_info
