import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseRegistryPolicy } from './registry-policy.ts';

/** Where an administrator puts the machine policy on Linux. */
const LINUX_POLICY_FILE = '/etc/ridgeway/policy.json';
const WINDOWS_POLICY_KEY = String.raw`HKLM\SOFTWARE\Policies\Ridgeway`;
/** Longest that reading the registry may take, milliseconds. */
const REGISTRY_DEADLINE_MS = 10_000;
/** The code with which `reg query` says that there is no such key. */
const NO_SUCH_KEY = 1;

/** The machine policy, unvalidated, or null when there is none. @throws Error when there is one that cannot be read */
export async function readMachinePolicy(policyFile: string = LINUX_POLICY_FILE): Promise<unknown> {
  if (process.platform === 'win32') return parseRegistryPolicy(await registryListing());
  const text = await readFile(policyFile, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null;
    throw fault;
  });
  return text === null ? null : JSON.parse(text);
}

async function registryListing(): Promise<string> {
  const query = path.join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'reg.exe');
  const options = { timeout: REGISTRY_DEADLINE_MS, windowsHide: true };
  return promisify(execFile)(query, ['query', WINDOWS_POLICY_KEY, '/s'], options).then(
    ({ stdout }) => stdout,
    (fault: { readonly code?: unknown }) => {
      if (fault.code === NO_SUCH_KEY) return '';
      throw fault;
    },
  );
}
