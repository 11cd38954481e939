"""Failures as one line: what happened, and the remedy."""

import errno
import os
import sys

WINDOWS = os.name == "nt"

FULL = "the disk is full"
NETWORK = "no network"
CERTIFICATE = "certificate refused"
NO_WHEEL = "nothing suitable"
DENIED = "not allowed"
LONG_PATH = "path too long"

# What installers and systems say, in lower case, and what it means. The first hit counts.
SIGNS = [
    (FULL, "no space left on device", "os error 28)", "errno 28]", "disk quota exceeded"),
    (FULL, "not enough space on the disk", "os error 112)", "winerror 112]"),
    (LONG_PATH, "os error 206)", "winerror 206]", "filename or extension is too long"),
    (CERTIFICATE, "certificate_verify_failed", "certificate verify failed"),
    (CERTIFICATE, "invalid peer certificate"),
    (NETWORK, "error sending request", "dns error", "failed to lookup address"),
    (NETWORK, "client error (connect)", "connection refused", "failed to establish a new conn"),
    (NETWORK, "temporary failure in name resolution", "max retries exceeded", "retrying (retry"),
    (NETWORK, "tunnel error", "proxyerror", "connecttimeout", "read timed out", "timed out"),
    (DENIED, "permission denied", "access is denied", "read-only file system"),
    (NO_WHEEL, "no solution found", "no matching distribution", "could not find a version"),
    (NO_WHEEL, "no wheels with a matching"),
]


class Trouble(Exception):  # noqa: N818
    """Something went wrong that a person can put right; the text says how, in one line."""


def start_command() -> str:
    """Return what a person types to start the kit on this system."""
    return "py start.py" if WINDOWS else "python3 start.py"


def recognise(output: str) -> str | None:
    """Name the kind of failure that an installer's output tells of, or None."""
    lowered = output.lower()
    for kind, *signs in SIGNS:
        if any(sign in lowered for sign in signs):
            return kind
    return None


def explain(kind: str | None, *, folder: str, log: str, last_line: str) -> str:
    """Turn a kind of failure into the line that a person reads."""
    details = f" The installer's own words: {log}"
    lines = {
        FULL: f"The disk is full; setting up needs about 600 MB. Make room, then start again ({folder}).",
        LONG_PATH: "The path of this folder is too long for Windows. Move the folder somewhere "
        f"shorter, such as C:\\kit, then start again.{details}",
        CERTIFICATE: "This network replaces certificates, and the installer does not trust it. "
        "Ask for the network's certificate file and name it in SSL_CERT_FILE, use another "
        f"network, or set up from a USB stick (docs/set-up.md).{details}",
        NETWORK: "The packages could not be fetched: no connection to the package index. Connect "
        "to the internet for the first start, or set up from a USB stick "
        f"(docs/set-up.md).{details}",
        DENIED: not_writable(folder) + details,
        NO_WHEEL: "A package has no build for this computer with Python "
        f"{sys.version_info.major}.{sys.version_info.minor}. Python 3.11 to 3.14, 64-bit, from "
        f"python.org works; start again with it.{details}",
    }
    if kind in lines:
        return lines[kind]
    return f"Setting up stopped: {last_line or 'no reason given'} Try again once.{details}"


def not_writable(folder: str) -> str:
    """Say that the folder cannot be written, and where to put it instead."""
    return (
        f"The folder {folder} cannot be written. Copy it to your own Documents or home folder "
        f"and run {start_command()} there."
    )


def from_os_error(error: OSError, folder: str) -> Trouble | None:
    """Return the one line for an error of the file system, or None where it is not ours."""
    full = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
    if error.errno in full or getattr(error, "winerror", None) == 112:
        return Trouble(explain(FULL, folder=folder, log="", last_line=""))
    if error.errno == errno.ENOENT and str(error.filename).startswith(folder):
        return Trouble(f"{error.filename} is missing. Unpack or copy the whole kit again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Trouble(not_writable(folder))
    if error.errno == errno.ENAMETOOLONG or getattr(error, "winerror", None) == 206:
        return Trouble("The path of this folder is too long. Move the folder somewhere shorter.")
    return None
