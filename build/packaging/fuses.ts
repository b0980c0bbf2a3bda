import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/**
 * What every package's runtime may not do: run as plain Node, read Node's options from the environment, be debugged from
 * the command line, load code from anywhere but its own archive, or load an archive that was altered.
 */
export const WANTED_FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

const OPTIONS: Readonly<Record<keyof typeof WANTED_FUSES, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** The states of a fuse in the file, as characters: `0` off, `1` on. Others mean that the runtime has no such fuse. */
const STATES: Readonly<Record<number, boolean>> = { 0x30: false, 0x31: true };

/** The fuses of an executable, by name, read back from its bytes. @throws Error for a fuse that the runtime does not have */
export async function readFuses(executable: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = await getCurrentFuseWire(executable);
  const states = Object.entries(OPTIONS).map(([name, option]): [string, boolean] => {
    const isOn = STATES[wire[option] ?? 0];
    if (isOn === undefined) throw new Error(`the runtime has no fuse ${name}`);
    return [name, isOn];
  });
  return Object.fromEntries(states);
}
