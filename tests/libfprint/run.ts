/** `npm run test:libfprint`: compiles the helper and runs the scanner tests against libfprint's virtual image device. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildHelper } from '../../native-bridge/scanner/libfprint/build-helper.ts';

/** Debian packages that the helper is built with. */
const PACKAGES = ['gcc', 'pkg-config', 'libfprint-2-dev', 'libglib2.0-dev'];
/** Files of tests that need the helper. */
const TESTS = ['tests/libfprint', 'tests/conformance/scanner-libfprint.test.ts'];

/** Exit code that means "not run" and not "failed". Source: the convention of automake's tests. */
const CANNOT_RUN = 77;

const project = path.resolve(import.meta.dirname, '../..');
const helper = path.join(project, '.out', 'libfprint', 'fprint-helper');

function isInstalled(name: string): boolean {
  const answer = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.includes('install ok installed');
}

/** Installs what is missing; answers why that cannot be done, or null. */
function prepare(): string | null {
  const missing = PACKAGES.filter((name) => !isInstalled(name));
  if (missing.length === 0) return null;
  if (process.getuid?.() !== 0) return `as root: apt-get install ${missing.join(' ')}`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { stdio: 'ignore', env });
    return null;
  } catch {
    return `apt-get could not install ${missing.join(' ')}`;
  }
}

const reason = prepare();
if (reason !== null) {
  process.stdout.write(`libfprint: cannot run here: ${reason}\n`);
  process.exit(CANNOT_RUN);
}
await buildHelper(helper);
const version = execFileSync('dpkg-query', ['-W', '-f=${Version}', 'libfprint-2-2'], { encoding: 'utf8' });
const vitest = path.join(project, 'node_modules', '.bin', 'vitest');
const outcome = spawnSync(vitest, ['run', '--project', 'node', ...TESTS], {
  cwd: project,
  stdio: 'inherit',
  env: { ...process.env, RIDGEWAY_NEEDS_LIBFPRINT: '1' },
});
const isGood = outcome.status === 0;
process.stdout.write(`libfprint: ${isGood ? 'passed' : 'FAILED'} with libfprint ${version} through FP_VIRTUAL_IMAGE\n`);
process.exitCode = isGood ? 0 : 1;
