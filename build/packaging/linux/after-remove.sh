#!/bin/sh
# Runs after the package was removed. Data is evidence: it stays, unless the package is purged.
set -e

# At an upgrade the new package has made the link anew already.
if [ "$1" = upgrade ]; then exit 0; fi

rm -f '/usr/bin/${executable}'

if [ "$1" = purge ]; then
  rm -rf /var/lib/ridgeway /etc/ridgeway
  groupdel ridgeway 2>/dev/null || true
fi
