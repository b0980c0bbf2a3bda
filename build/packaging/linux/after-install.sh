#!/bin/sh
# Runs after the package was unpacked, at an installation and at an upgrade. Everything it does may be done twice.
# DPKG_ROOT is set by dpkg when it installs into another root without entering it; empty otherwise.
set -e
application='/opt/${sanitizedProductName}'

# The station's data is machine-wide and outlives the package.
mkdir -p "$DPKG_ROOT/var/lib/ridgeway"
ln -sf "$application/${executable}" "$DPKG_ROOT/usr/bin/${executable}"

# The rest is for the running system alone.
if [ -n "$DPKG_ROOT" ]; then exit 0; fi

# Whoever may use the scanner and the station's data belongs to this group.
if ! getent group ridgeway >/dev/null 2>&1; then groupadd --system ridgeway; fi
chgrp ridgeway /var/lib/ridgeway
chmod 2770 /var/lib/ridgeway

# The runtime's sandbox: user namespaces where the kernel gives them, else its own helper.
if [ -e "$application/chrome-sandbox" ]; then
  if unshare --user true 2>/dev/null; then
    chmod 0755 "$application/chrome-sandbox"
  else
    chmod 4755 "$application/chrome-sandbox"
  fi
fi

if command -v udevadm >/dev/null 2>&1; then
  udevadm control --reload-rules 2>/dev/null || true
  udevadm trigger --subsystem-match=hidraw 2>/dev/null || true
fi
