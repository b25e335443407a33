#!/bin/sh
# Prints `--python PATH` for a Python 3.13 that is on this machine already; nothing where there is none, and uv then
# downloads one. A version manager's shim may stand on the PATH without the version behind it, so each one is run.
for python in "${UV_PYTHON:-}" "$(command -v python3.13)" "$(command -v python3)" \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13 /usr/local/bin/python3.13 /opt/python/*/bin/python3.13; do
    [ -x "$python" ] || continue
    found=$("$python" -c 'import sys; print(sys.executable if sys.version_info[:2] == (3, 13) else "")' 2>/dev/null)
    [ -n "$found" ] && { echo "--python $found"; exit 0; }
done
exit 0
