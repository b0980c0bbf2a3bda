import { machinePolicy } from './load-config.ts';

/** Whether a policy that may be wrong accepts a key file: one that cannot be read accepts nothing. */
export function isKeyFileAccepted(raw: unknown): boolean {
  return machinePolicy.safeParse(raw).data?.isKeyFileAccepted === true;
}
