#!/bin/sh
# Runs after the package was unpacked, at an installation and at an upgrade. Everything it does may be done twice.
set -e

# Whoever may use the scanner and the station's data belongs to this group.
if ! getent group ridgeway >/dev/null 2>&1; then
  groupadd --system ridgeway || addgroup --system ridgeway || echo "ridgeway: the group was not made" >&2
fi

# The station's data is machine-wide and outlives the package.
mkdir -p /var/lib/ridgeway
chgrp ridgeway /var/lib/ridgeway 2>/dev/null || true
chmod 2770 /var/lib/ridgeway

ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'

# The runtime's sandbox: user namespaces where the kernel gives them, else its own helper.
if [ -e '/opt/${sanitizedProductName}/chrome-sandbox' ]; then
  if unshare --user true 2>/dev/null; then
    chmod 0755 '/opt/${sanitizedProductName}/chrome-sandbox'
  else
    chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'
  fi
fi

if command -v udevadm >/dev/null 2>&1; then
  udevadm control --reload-rules 2>/dev/null || true
  udevadm trigger --subsystem-match=hidraw 2>/dev/null || true
fi
