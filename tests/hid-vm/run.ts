/** `npm run test:hid-vm`: boots Debian's kernel with a virtual HID device in it and captures twenty whole images through node-hid. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { z } from 'zod';
import { installPackages, missingPackages, unpackKernel, type UnpackedKernel } from './requirements.ts';

/** The run ends within this time, whatever happens, ms. */
const LIMIT_MS = 225_000;
/** Images that must come through, byte for byte. */
const WANTED_IMAGES = 20;

/** Exit code that means "not run" and not "failed". Source: the convention of automake's tests. */
const CANNOT_RUN = 77;
/** Kinds of device that the guest makes. */
const DEVICES = 3;

const project = path.resolve(import.meta.dirname, '../..');
const folder = path.join(project, '.out', 'hid-vm');

const count = z.number().int().min(0);
const totals = z.object({
  images: count,
  identical: count,
  lost: count,
  repeated: count,
  received: count,
  emitted: count,
  unplugs: count,
  zeroised: count,
  replugs: count,
  heldNoticed: count,
  plugEvents: count,
});
const guestLine = z.union([
  z.object({ end: totals }),
  z.object({ failed: z.string() }),
  z.object({ image: count, isIdentical: z.boolean() }),
]);

function makeInitramfs({ modules }: UnpackedKernel, guest: string): string {
  const root = path.join(folder, 'initramfs');
  fs.rmSync(root, { recursive: true, force: true });
  for (const name of ['bin', 'dev', 'proc', 'sys', 'host', 'modules'])
    fs.mkdirSync(path.join(root, name), { recursive: true });
  fs.copyFileSync('/bin/busybox', path.join(root, 'bin', 'busybox'));
  fs.copyFileSync(path.join(import.meta.dirname, 'init.sh'), path.join(root, 'init'));
  fs.chmodSync(path.join(root, 'init'), 0o755);
  for (const file of modules) fs.copyFileSync(file, path.join(root, 'modules', path.basename(file)));
  fs.writeFileSync(path.join(root, 'modules.list'), modules.map((file) => path.basename(file, '.ko')).join('\n'));
  fs.writeFileSync(path.join(root, 'node.path'), fs.realpathSync(process.execPath));
  fs.writeFileSync(path.join(root, 'guest.path'), guest);
  const archive = path.join(folder, 'initramfs.cpio.gz');
  execFileSync('/bin/sh', ['-c', `find . | cpio -o -H newc --quiet | gzip -1 > '${archive}'`], { cwd: root });
  return archive;
}

/** Joins the guest's program into one file: an emulated processor takes longer to find and strip sixty than to run them. */
async function bundleGuest(): Promise<string> {
  const outDir = path.join(folder, 'guest');
  await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['node-hid'] },
    build: {
      ssr: path.join(import.meta.dirname, 'guest.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'guest.mjs' } },
    },
  });
  return path.join(outDir, 'guest.mjs');
}

/** Boots, passes the guest's lines on, and answers its last word. */
function boot(kernel: UnpackedKernel, initramfs: string): Promise<z.infer<typeof totals>> {
  const words = [
    '-accel tcg -cpu max -m 1024 -smp 1 -nographic -no-reboot -nic none'.split(' '),
    ['-kernel', kernel.image, '-initrd', initramfs, '-append', 'console=ttyS0 quiet panic=-1'],
    ['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
  ].flat();
  const machine = spawn('/usr/bin/qemu-system-x86_64', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const timer = setTimeout(() => machine.kill('SIGKILL'), LIMIT_MS);
  return new Promise((resolve, reject) => {
    let rest = '';
    let answer: z.infer<typeof totals> | undefined;
    let failure = 'the virtual machine ended without a word, or had to be stopped';
    machine.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // The guest's console is a serial line: what is not a word of ours is the kernel's, and is shown as it is.
        const found = /HIDVM (\{.*\})/.exec(line)?.[1];
        if (found === undefined) {
          if (line.trim() !== '') process.stdout.write(`  guest: ${line}\n`);
          continue;
        }
        process.stdout.write(`${found}\n`);
        const word = guestLine.parse(JSON.parse(found));
        if ('end' in word) answer = word.end;
        if ('failed' in word) failure = word.failed;
      }
    });
    machine.on('error', reject);
    machine.on('close', () => {
      clearTimeout(timer);
      if (answer === undefined) reject(new Error(failure));
      else resolve(answer);
    });
  });
}

/** The kernel to boot, or the reason why this machine cannot get what the test needs. */
function prepare(): UnpackedKernel | string {
  const missing = missingPackages();
  try {
    if (missing.length > 0 && !installPackages(missing)) return `as root: apt-get install ${missing.join(' ')}`;
    return unpackKernel(folder);
  } catch (cause) {
    return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  }
}

const startedAtMs = Date.now();
const kernel = prepare();
if (typeof kernel === 'string') {
  process.stdout.write(`hid-vm: cannot run here: ${kernel}\n`);
  process.exit(CANNOT_RUN);
}
try {
  const end = await boot(kernel, makeInitramfs(kernel, await bundleGuest()));
  const isGood =
    end.images === WANTED_IMAGES &&
    end.identical === WANTED_IMAGES &&
    end.lost > 0 &&
    end.unplugs === 1 &&
    end.zeroised === 1 &&
    end.replugs === 1 &&
    end.heldNoticed === DEVICES &&
    end.plugEvents >= DEVICES;
  const seconds = Math.round((Date.now() - startedAtMs) / 1_000);
  process.stdout.write(
    `hid-vm: ${isGood ? 'passed' : 'FAILED'}: ${end.identical} of ${end.images} images identical, ${end.lost} reports lost and asked for again, ` +
      `${end.unplugs} unplugged mid-image (${end.zeroised} zeroed), ${end.replugs} replugged, held by another program noticed ${end.heldNoticed} times, ${end.plugEvents} plug events, ${seconds} s\n`,
  );
  process.exitCode = isGood ? 0 : 1;
} catch (cause) {
  process.stdout.write(`hid-vm: FAILED: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
