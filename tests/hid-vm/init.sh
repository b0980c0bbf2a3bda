#!/bin/busybox sh
# First program of the virtual machine: drivers, the host's files read-only, then the test.
/bin/busybox mount -t proc none /proc
/bin/busybox mount -t sysfs none /sys
/bin/busybox mount -t devtmpfs none /dev
for module in $(/bin/busybox cat /modules.list); do
  /bin/busybox insmod "/modules/$module.ko" || echo "HIDVM {\"failed\":\"module $module\"}"
done
/bin/busybox mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose host /host || echo 'HIDVM {"failed":"9p"}'
/bin/busybox mount -t devtmpfs none /host/dev
/bin/busybox mount -t proc none /host/proc
/bin/busybox mount -t sysfs none /host/sys
/bin/busybox mount -t tmpfs none /host/run
/bin/busybox mount -t tmpfs none /host/tmp
/bin/busybox chroot /host /usr/bin/env -i PATH=/usr/bin:/bin "$(/bin/busybox cat /node.path)" "$(/bin/busybox cat /guest.path)"
# The serial line is slow: without a pause the kernel's last words would cut ours in two.
/bin/busybox sleep 2
/bin/busybox poweroff -f
