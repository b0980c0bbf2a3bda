import { hash, verify } from '@node-rs/argon2';
import type { Randomness } from '../station/platform.ts';

/** Memory cost, KiB. Source: OWASP password storage cheat sheet, argon2id, second choice row raised to 64 MiB. */
const MEMORY_COST_KIB = 65_536;
/** Passes over the memory. Source: RFC 9106 §4, second recommended option. */
const TIME_COST_PASSES = 3;
/** Letters and digits that are not mistaken for each other when they are read out. */
const PASSWORD_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Length of a first password: 4 groups of 4 letters, 79 bits. */
const PASSWORD_GROUPS = 4;
const PASSWORD_GROUP_CHARACTERS = 4;

/** Hashes a password with argon2id. Cost: about 100 ms and 64 MiB, on purpose, off the main thread. */
export async function hashPassword(password: string): Promise<string> {
  // The algorithm defaults to argon2id; the package's enumeration is ambient and cannot be imported here.
  return hash(password.normalize('NFKC'), { memoryCost: MEMORY_COST_KIB, timeCost: TIME_COST_PASSES, parallelism: 1 });
}

/** True when the password is the one that was hashed. Cost: as `hashPassword`. */
export async function isPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'));
}

/** A first password, such as `k7mx-q2fd-wvz9-h4tc`: drawn without bias, shown once, changed at first use. */
export function drawPassword(randomness: Randomness): string {
  const letters: string[] = [];
  const limit = 256 - (256 % PASSWORD_ALPHABET.length);
  while (letters.length < PASSWORD_GROUPS * PASSWORD_GROUP_CHARACTERS) {
    for (const byte of randomness.bytes(32)) {
      if (byte < limit) letters.push(PASSWORD_ALPHABET.charAt(byte % PASSWORD_ALPHABET.length));
    }
  }
  const groups = Array.from({ length: PASSWORD_GROUPS }, (_, group) =>
    letters.slice(group * PASSWORD_GROUP_CHARACTERS, (group + 1) * PASSWORD_GROUP_CHARACTERS).join(''),
  );
  return groups.join('-');
}
