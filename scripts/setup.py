"""Makes this machine ready: system packages, the virtual environment in .venv, the locked packages in it.

    python3 scripts/setup.py run|dev

Standard library only, as nothing is installed yet. What is there already is left alone, so that running it again costs
a moment. As root, missing system packages are installed with apt; otherwise they are named with the command to type.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
LIBRARIES = {  # WeasyPrint opens these when it draws a PDF
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main(kind):
    """Checks and installs what `kind` needs; ends with one clear line when something cannot be had."""
    if sys.version_info < (3, 11):
        give_up(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}; try: make PYTHON=python3.11 …")
    if missing := missing_packages(kind):
        install_system(missing)
        if missing := missing_packages(kind):
            give_up(f"still missing after the installation: {' '.join(missing)}")
    install_packages(kind)


def missing_packages(kind):
    """The names of the system packages that `kind` needs and that are not there."""
    missing = []
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        if not works():
            missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if kind == "dev":
        if not os.environ.get("CHROMIUM") and not any(map(shutil.which, BROWSERS)):
            missing.append(browser_package())
        if not shutil.which("redis-server"):
            missing.append("redis-server")
    return missing


def browser_package():
    """What Chromium is called here: Ubuntu has another name for it than Debian."""
    try:
        ubuntu = "ID=ubuntu" in Path("/etc/os-release").read_text().splitlines()
    except OSError:
        ubuntu = False
    return "chromium-browser" if ubuntu else "chromium"


def install_system(missing):
    """With apt when we are root; otherwise says what to type."""
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        give_up(f"missing: {', '.join(missing)}. Please type: sudo apt-get install --yes {' '.join(missing)}")
    print(f"installing {', '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (command, ["apt-get", "update"], command):
        done = subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if step is command and done.returncode == 0:
            return
    sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
    give_up(f"apt could not install: {' '.join(missing)}")


def install_packages(kind):
    """The virtual environment with exactly the locked packages, checked by their hashes."""
    lock = HERE / LOCKS[kind]
    wanted = f"{sys.version_info.major}.{sys.version_info.minor} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    stamp = VENV / f"installed-{kind}"
    if works() and stamp.exists() and stamp.read_text() == wanted:
        return
    folder = VENV if VENV.exists() else HERE
    if not os.access(folder, os.W_OK):
        give_up(f"{folder} belongs to another user: work as that user, or in a checkout of your own")
    if not works():
        print("making the virtual environment in .venv", flush=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
        except subprocess.CalledProcessError:
            give_up("the virtual environment could not be made, see above")
    print(f"installing the packages of {lock.name}", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--no-input"]
    # --no-deps: the lock names all there are
    if subprocess.run([*pip, "--no-deps", "--require-hashes", "--requirement", str(lock)]).returncode:
        give_up(f"pip could not install the packages of {lock.name}, see above")
    stamp.write_text(wanted)


def works():
    """Whether .venv has a Python of our version that runs."""
    ask = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True)
    except OSError:
        return False
    return done.stdout.strip() == f"{sys.version_info.major}.{sys.version_info.minor}"


def give_up(line):
    """Ends with one clear line."""
    sys.exit(f"chuan: {line}")


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["dev"]):
        sys.exit("usage: python3 scripts/setup.py run|dev")
    main(sys.argv[1])
