#!/bin/sh
# Install Debian packages when we may; elsewhere say what will be missing.
set -eu
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
else
    echo "Paquets absents, que seul un administrateur peut installer : $*" >&2
fi
