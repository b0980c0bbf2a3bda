import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** Programs that the test starts, and the Debian package that each comes from. */
const PROGRAMS = [
  { program: '/usr/bin/qemu-system-x86_64', debianPackage: 'qemu-system-x86' },
  { program: '/bin/busybox', debianPackage: 'busybox-static' },
  { program: '/usr/bin/cpio', debianPackage: 'cpio' },
  { program: '/usr/bin/dpkg-deb', debianPackage: 'dpkg' },
] as const;
/** System libraries that node-hid loads, and their packages. */
const LIBRARIES = [
  { soName: 'libusb-1.0.so.0', debianPackage: 'libusb-1.0-0' },
  { soName: 'libudev.so.1', debianPackage: 'libudev1' },
] as const;

/** Names the packages that are missing on this machine. */
export function missingPackages(): string[] {
  const libraries = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return [
    ...PROGRAMS.filter(({ program }) => !fs.existsSync(program)).map(({ debianPackage }) => debianPackage),
    ...LIBRARIES.filter(({ soName }) => !libraries.includes(soName)).map(({ debianPackage }) => debianPackage),
  ];
}

/** Installs packages with apt, as root; without root it answers false. */
export function installPackages(packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words: string[]): void => void execFileSync('apt-get', words, { stdio: 'ignore', env: environment });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  return true;
}

/** Modules that the guest loads, in the order in which they need each other; some kernels have a few of them built in. */
const MODULES =
  'virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci netfs fscache 9pnet 9pnet_virtio 9p hid hid-generic uhid'.split(
    ' ',
  );

/** A kernel with the modules that the guest needs, unpacked and not installed. */
export interface UnpackedKernel {
  readonly image: string;
  /** Paths of the modules, in the order of loading. */
  readonly modules: readonly string[];
}

/** Unpacks Debian's kernel into `folder`, fetched with apt unless it is there from an earlier run. */
export function unpackKernel(folder: string): UnpackedKernel {
  const kept = path.join(folder, 'kernel');
  if (!fs.existsSync(path.join(kept, 'vmlinuz'))) fetchKernel(folder, kept);
  const modules = MODULES.map((name) => path.join(kept, `${name}.ko`)).filter((file) => fs.existsSync(file));
  return { image: path.join(kept, 'vmlinuz'), modules };
}

/** Of the 400 MB of the package only the kernel and the wanted modules are kept. */
function fetchKernel(folder: string, kept: string): void {
  const unpacked = path.join(folder, 'unpacked');
  for (const stale of [kept, unpacked]) fs.rmSync(stale, { recursive: true, force: true });
  for (const fresh of [kept, unpacked]) fs.mkdirSync(fresh, { recursive: true });
  const dependencies = execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8' });
  const name = /Depends: (linux-image-\S+)/.exec(dependencies)?.[1];
  if (name === undefined) throw new Error('apt knows no linux-image-amd64: run apt-get update');
  execFileSync('apt-get', ['download', '-qq', name], { cwd: unpacked, stdio: 'ignore' });
  const archive = fs.readdirSync(unpacked).find((file) => file.startsWith(name) && file.endsWith('.deb'));
  if (archive === undefined) throw new Error(`apt did not fetch ${name}`);
  execFileSync('dpkg-deb', ['-x', archive, '.'], { cwd: unpacked });
  for (const file of fs.readdirSync(unpacked, { recursive: true, encoding: 'utf8' })) {
    const base = path.basename(file);
    if (MODULES.includes(base.replace(/\.ko$/, '')) && base.endsWith('.ko')) {
      fs.copyFileSync(path.join(unpacked, file), path.join(kept, base));
    }
  }
  const kernelName = fs.readdirSync(path.join(unpacked, 'boot')).find((file) => file.startsWith('vmlinuz-'));
  if (kernelName === undefined) throw new Error('the kernel package holds no kernel');
  fs.copyFileSync(path.join(unpacked, 'boot', kernelName), path.join(kept, 'vmlinuz'));
  fs.rmSync(unpacked, { recursive: true });
}
