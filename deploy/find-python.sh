# Sets $python to a Python that is new enough, or says what is missing. Sourced by the commands in bin/.
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root" || exit 1
python=
for candidate in "${PYTHON:-}" "$root/.venv/bin/python" python3.13 python3.12 python3.11 python3.14 python3 python; do
  [ -n "$candidate" ] || continue
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and was not found." >&2
  echo "Install it, for example with: apt-get install python3 python3-venv" >&2
  exit 1
fi
