#!/bin/sh
# Runs after the package was removed. Data is evidence: it stays, unless the package is purged.
set -e

# At an upgrade the new package has made the link anew already. (rpm says 1.)
if [ "$1" = upgrade ] || [ "$1" = 1 ]; then exit 0; fi

rm -f "$DPKG_ROOT/usr/bin/${executable}"

if [ "$1" = purge ]; then
  rm -rf "$DPKG_ROOT/var/lib/ridgeway" "$DPKG_ROOT/etc/ridgeway"
  if [ -z "$DPKG_ROOT" ]; then groupdel ridgeway 2>/dev/null || true; fi
fi
