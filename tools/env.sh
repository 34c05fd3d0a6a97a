# shellcheck shell=bash
# Sourced by every script: the root of the repository, the Node that tools/node pins, and a few small words.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# By its folder, as older npms do not link it into .bin.
NODE=$ROOT/tools/node/node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')
export PATH="$NODE/bin:$ROOT/tools/node/node_modules/.bin:$PATH"
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-3G}
# A locale in which bytes of UTF-8 are letters; every Debian has it.
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# digest FILE|FOLDER... : one line that changes when any of the files does.
digest() { find "$@" -type f -print0 | sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1; }
