"""What a fresh machine needs before anything of the portal can run; Python's own library only.

The virtual environment is made anew only when the pinned requirements change (a stamp in it holds
their hash). Debian packages are installed where that is allowed, else named in one line.
"""

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SYSTEM_PYTHON = "/usr/bin/python3"
RUN = ("requirements.txt",)
DEV = ("requirements.txt", "requirements-dev.txt")
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
}
"""Settings of pip and the variables in which uv takes the same."""
PDF_LIBRARIES = (
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
PDF_PACKAGES = (
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "fontconfig",
    "fonts-liberation",
)  # fmt: skip


def say(text):
    print(text, flush=True)


def stop(text):
    """End with one line that says what is missing and what to do."""
    raise SystemExit(text)


def right_python():
    """Go on under Python 3.11 or newer: this one, the system's, or the newest found on the path.

    One compiled on the spot without optimization (as pyenv does) takes a sixth to a quarter more of
    the processor than the one that comes with the system, which then is taken.
    """
    if sys.version_info >= (3, 11):  # noqa: UP036 - an older one may well start this script
        if _is_plain_build() and _system_python_will_do():
            os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, *sys.argv])
        return
    for minor in range(14, 10, -1):
        other = shutil.which(f"python3.{minor}")
        if other:
            os.execv(other, [other, *sys.argv])
    stop("Perlu Python 3.11 atau lebih baru; pasang dahulu, lalu jalankan lagi.")


def _is_plain_build():
    options = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return sys.base_prefix != "/usr" and "--enable-optimizations" not in options


def _system_python_will_do():
    asked = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    if not _runs([SYSTEM_PYTHON, "-c", asked]):
        return False
    makes_environments = [SYSTEM_PYTHON, "-c", "import ensurepip"]
    return _runs(makes_environments) or not debian(("python3-venv",)) and _runs(makes_environments)


def prepare(requirements=RUN):
    """Make the virtual environment hold these requirements."""
    right_python()
    VENV.mkdir(exist_ok=True)
    with locked(VENV / ".kunci"):
        if _stamp(requirements).exists() and PYTHON.exists():
            return
        if not _has_pip() or not _is_of_this_python():
            _make_venv()
        _install(requirements)
        for stamp in (_stamp(requirements), _stamp(RUN)):
            stamp.touch()


@contextmanager
def locked(path):
    """Hold a file lock, so that two scripts started at once do not build the same thing."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stamp(requirements):
    digest = hashlib.sha256(sys.version.encode())
    for name in requirements:
        digest.update((ROOT / name).read_bytes())
    return VENV / f".siap-{digest.hexdigest()[:20]}"


def _is_of_this_python():
    command = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() == sys.version


def _make_venv():
    say("Menyiapkan lingkungan Python ...")
    for old in VENV.iterdir():
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        elif old.name != ".kunci":
            old.unlink()
    if not _venv():
        debian(("python3-venv",))  # Debian's Python comes without it
        if not _venv():
            stop("Modul venv atau pip tidak ada; pasang python3-venv, lalu jalankan lagi.")


def _venv():
    return _runs([sys.executable, "-m", "venv", str(VENV)]) and _has_pip()


def _has_pip():
    return PYTHON.exists() and _runs([str(PYTHON), "-m", "pip", "--version"])


def _install(requirements):
    """Install by uv where it can be had (three times as fast), else by pip."""
    say("Memasang pustaka (sekali saja, sekitar setengah menit) ...")
    wanted = [part for name in requirements for part in ("-r", str(ROOT / name))]
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode"]
    uv += ["--python", str(PYTHON)]
    if _runs([*pip, "uv"]) and _runs([*uv, *wanted], env=_uv_environment()):
        return
    if subprocess.run([*pip, *wanted]).returncode:
        stop("Pustaka Python tidak dapat dipasang; periksa jaringan, lalu jalankan lagi.")


def _runs(command, env=None):
    try:
        return subprocess.run(command, capture_output=True, env=env).returncode == 0
    except FileNotFoundError:
        return False


def _uv_environment():
    """Tell uv where pip is configured to look for packages; it does not read pip's settings."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True).stdout
    # With several indexes pip takes the best match of all, uv only looks into the first.
    env = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for key, value in re.findall(r"^(?:global|install|:env:)\.(\S+)='(.*)'$", listed, re.M):
        if key in UV_NAMES:
            separator = "," if key == "find-links" else " "
            env[UV_NAMES[key]] = separator.join(value.split())
    return {**os.environ, **env}


def debian(packages):
    """Install what is missing of these Debian packages; return what is still missing."""
    missing = [name for name in packages if not _installed(name)]
    if not missing or not shutil.which("apt-get") or os.geteuid() != 0:
        return missing
    say("Memasang paket Debian: " + " ".join(missing))
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if not _runs(command, env):
        _runs(["apt-get", "update", "-qq"], env)
        if not _runs(command, env):  # one that cannot be had must not keep the others out
            for name in missing:
                _runs([*command[:5], name], env)
    return [name for name in missing if not _installed(name)]


def _installed(package):
    if not shutil.which("dpkg-query"):
        return False
    command = ["dpkg-query", "-W", "-f", "${Status}", package]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.endswith("install ok installed")


def pdf_libraries():
    """Install or look for what WeasyPrint draws with; stop with a clear line where it lacks."""
    if sys.platform != "linux":
        return
    debian(PDF_PACKAGES)
    missing = [name for name in PDF_LIBRARIES if not _loads(name)]
    if missing:
        packages = " ".join(PDF_PACKAGES)
        stop(
            f"Kurang pustaka untuk membuat PDF: {', '.join(missing)}. "
            f"Pasang dengan: sudo apt-get install {packages}"
        )


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
