/** `npm run test:libfprint`: compiles the helper and runs the scanner tests against libfprint's virtual image device. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildHelper } from '../../native-bridge/scanner/libfprint/build-helper.ts';

/** Debian packages that the helper is built with. */
const PACKAGES = ['gcc', 'pkg-config', 'libfprint-2-dev', 'libglib2.0-dev'];
/** Files of tests that need the helper. */
const TESTS = ['tests/libfprint', 'tests/conformance/scanner-libfprint.test.ts'];

const project = path.resolve(import.meta.dirname, '../..');
const helper = path.join(project, '.out', 'libfprint', 'fprint-helper');

function isInstalled(name: string): boolean {
  const answer = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.includes('install ok installed');
}

const missing = PACKAGES.filter((name) => !isInstalled(name));
if (missing.length > 0 && process.getuid?.() === 0) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    stdio: 'ignore',
    env: environment,
  });
} else if (missing.length > 0) {
  process.stdout.write(`libfprint: cannot run; as root: apt-get install ${missing.join(' ')}\n`);
  process.exit(1);
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
