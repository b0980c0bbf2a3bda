import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConfigFault } from './load-config.ts';
import { parseRegistryPolicy } from './registry-policy.ts';

/** Where an administrator puts the machine policy on Linux. */
const LINUX_POLICY_FILE = '/etc/ridgeway/policy.json';
const WINDOWS_POLICY_KEY = String.raw`HKLM\SOFTWARE\Policies\Ridgeway`;
/** In the data folder: what a station is delivered with. */
const SETTINGS_FILE = 'settings.json';
/** Longest that reading the registry may take, milliseconds. */
const REGISTRY_DEADLINE_MS = 10_000;
/** The code with which `reg` says that there is no such key. */
const NO_SUCH_KEY = 1;

/**
 * The machine policy, unvalidated; null when there is none; a ConfigFault when there is one that cannot be read, which
 * `parsePolicy` throws: a station that cannot read its policy must not start as if it had none.
 */
export async function readMachinePolicy(policyFile: string = LINUX_POLICY_FILE): Promise<unknown> {
  if (process.platform !== 'win32') return readJson(policyFile, 'config.policy-unreadable');
  return registryExport().then(parseRegistryPolicy, (cause: unknown) => {
    return new ConfigFault('config.policy-unreadable', { place: WINDOWS_POLICY_KEY, reason: codeOf(cause) }, { cause });
  });
}

/** The settings file of a data folder, in the same manner. */
export function readSettingsFile(dataFolder: string): Promise<unknown> {
  return readJson(path.join(dataFolder, SETTINGS_FILE), 'config.file-invalid');
}

async function readJson(filePath: string, code: ConfigFault['code']): Promise<unknown> {
  const place = path.basename(filePath);
  try {
    return JSON.parse((await readFile(filePath, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'not-json' : codeOf(cause);
    // A parser's message repeats a piece of the file, so it does not travel with the fault.
    return reason === 'ENOENT' ? null : new ConfigFault(code, { place, reason });
  }
}

/**
 * What `reg export` writes: UTF-16, unlike the listing of `reg query`, which is in the console's own code page. Whether
 * there is a policy is asked first, so that an export that fails is a fault and never taken for no policy.
 */
async function registryExport(): Promise<string> {
  const program = path.join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'reg.exe');
  const run = (...words: string[]) =>
    promisify(execFile)(program, words, { timeout: REGISTRY_DEADLINE_MS, windowsHide: true });
  const isThere = await run('query', WINDOWS_POLICY_KEY).then(
    () => true,
    (fault: { readonly code?: unknown }) => {
      if (fault.code === NO_SUCH_KEY) return false;
      throw fault;
    },
  );
  if (!isThere) return '';
  const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-policy-'));
  try {
    const file = path.join(folder, 'policy.reg');
    await run('export', WINDOWS_POLICY_KEY, file, '/y');
    return await readFile(file, 'utf16le');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function codeOf(fault: unknown): string {
  const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : null;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : 'unknown';
}
