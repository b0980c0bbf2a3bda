/** Processors by the numbers that they have in ELF files and in Windows executables. Sources: gABI, "e_machine"; Microsoft, "PE Format". */
const ELF_MACHINES: Readonly<Record<number, string>> = { 0x3e: 'x64', 0xb7: 'arm64' };
const PE_MACHINES: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64' };

/** The system and the processor that a native part was made for, such as `linux-x64`; `unknown` for anything else. */
export function madeFor(file: Buffer): string {
  if (file.length >= 20 && file.toString('latin1', 0, 4) === '\x7fELF') {
    return named('linux', ELF_MACHINES[file.readUInt16LE(18)]);
  }
  if (file.length >= 64 && file.toString('latin1', 0, 2) === 'MZ') {
    const header = file.readUInt32LE(0x3c);
    if (header + 6 > file.length || file.toString('latin1', header, header + 4) !== 'PE\0\0') return 'unknown';
    return named('win32', PE_MACHINES[file.readUInt16LE(header + 4)]);
  }
  return 'unknown';
}

function named(system: string, processor: string | undefined): string {
  return processor === undefined ? 'unknown' : `${system}-${processor}`;
}
