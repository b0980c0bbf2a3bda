import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** Every section of the file begins at a multiple of this many bytes, as does every section in memory of `PAGE`. */
const FILE_ALIGNMENT = 0x200;
const PAGE = 0x1000;
const HEADERS_BYTES = 0x400;
const IMAGE_BASE = 0x1_4000_0000n;
/** What a processor calls itself in the file, and a program for it that does nothing and ends with 70. */
const PROCESSORS = {
  /** `mov eax, 70; ret` */
  x64: { machine: 0x8664, code: Buffer.from([0xb8, 70, 0, 0, 0, 0xc3]) },
  /** `mov w0, #70; ret` */
  arm64: { machine: 0xaa64, code: Buffer.from([0xc0, 0x08, 0x80, 0x52, 0xc0, 0x03, 0x5f, 0xd6]) },
} as const;

/**
 * The smallest Windows executable (PE32+) that electron-builder can work on: one section with code that does nothing,
 * one with `payload`, and version information, into which the name and the archive's integrity are written.
 * Source: Microsoft, "PE Format".
 */
export function standInExecutable(payload: Buffer, architecture: keyof typeof PROCESSORS = 'x64'): Buffer {
  const { code, machine } = PROCESSORS[architecture];
  const text = section('.text', code, PAGE, HEADERS_BYTES, 0x6000_0020);
  const dataAt = HEADERS_BYTES + text.body.length;
  const data = section('.data', payload, 2 * PAGE, dataAt, 0xc000_0040);
  const imageBytes = 2 * PAGE + roundUp(payload.length, PAGE);
  const headers = Buffer.concat([
    dosHeader(),
    coffHeader(machine),
    optionalHeader(imageBytes),
    text.header,
    data.header,
  ]);
  const plain = Buffer.concat([padded(headers, HEADERS_BYTES), text.body, data.body]);
  return withVersion(plain);
}

function dosHeader(): Buffer {
  const header = Buffer.alloc(0x40);
  header.write('MZ');
  header.writeUInt32LE(0x40, 0x3c);
  return header;
}

function coffHeader(machine: number): Buffer {
  const header = Buffer.alloc(24);
  header.write('PE\0\0', 'latin1');
  header.writeUInt16LE(machine, 4);
  header.writeUInt16LE(2, 6);
  header.writeUInt16LE(240, 20);
  header.writeUInt16LE(0x22, 22);
  return header;
}

function optionalHeader(imageBytes: number): Buffer {
  const header = Buffer.alloc(240);
  header.writeUInt16LE(0x20b, 0);
  header.writeUInt32LE(FILE_ALIGNMENT, 4);
  header.writeUInt32LE(PAGE, 16);
  header.writeUInt32LE(PAGE, 20);
  header.writeBigUInt64LE(IMAGE_BASE, 24);
  header.writeUInt32LE(PAGE, 32);
  header.writeUInt32LE(FILE_ALIGNMENT, 36);
  header.writeUInt16LE(6, 40);
  header.writeUInt16LE(6, 48);
  header.writeUInt32LE(imageBytes, 56);
  header.writeUInt32LE(HEADERS_BYTES, 60);
  // The console subsystem: a window would be a promise.
  header.writeUInt16LE(3, 68);
  header.writeBigUInt64LE(0x10_0000n, 72);
  header.writeBigUInt64LE(0x1000n, 80);
  header.writeBigUInt64LE(0x10_0000n, 88);
  header.writeBigUInt64LE(0x1000n, 96);
  header.writeUInt32LE(16, 108);
  return header;
}

function section(name: string, content: Buffer, address: number, fileOffset: number, flags: number) {
  const header = Buffer.alloc(40);
  const body = padded(content, roundUp(content.length, FILE_ALIGNMENT));
  header.write(name);
  header.writeUInt32LE(content.length, 8);
  header.writeUInt32LE(address, 12);
  header.writeUInt32LE(body.length, 16);
  header.writeUInt32LE(fileOffset, 20);
  header.writeUInt32LE(flags, 36);
  return { header, body };
}

function withVersion(plain: Buffer): Buffer {
  const executable = NtExecutable.from(plain);
  const resources = NtExecutableResource.from(executable);
  const version = Resource.VersionInfo.createEmpty();
  version.setFileVersion(0, 0, 0, 0, 1033);
  version.setStringValues(
    { lang: 1033, codepage: 1200 },
    { ProductName: 'STAND-IN FOR ELECTRON', FileDescription: 'stand-in' },
  );
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}

function padded(content: Buffer, bytes: number): Buffer {
  return Buffer.concat([content, Buffer.alloc(bytes - content.length)]);
}

function roundUp(bytes: number, step: number): number {
  return Math.ceil(bytes / step) * step;
}
