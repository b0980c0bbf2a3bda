import type { DatabaseName } from '../../contract/checks.ts';
import type { SearchProbe } from '../search-provider.ts';

/** Gives each probe its transaction number: always the same for the same probe, and never that of another. */
export interface TransactionNumbers {
  numberOf(probe: SearchProbe): string;
}

/**
 * Makes the numbers of one database. A number belongs to one lending of prints and to nothing else: a check's reference
 * comes again where a database is restored from a copy, and a check that was interrupted takes its prints anew, and in
 * both cases a number made of it would bring back what was said of other prints. At most 40 characters, the limit of
 * field 1.009. @param uuid makes a random identifier
 */
export function createTransactionNumbers(database: DatabaseName, uuid: () => string): TransactionNumbers {
  const numbers = new WeakMap<SearchProbe, string>();
  return {
    numberOf(probe) {
      const known = numbers.get(probe);
      if (known !== undefined) return known;
      const number = `${uuid()}-${database === 'police' ? 'P' : 'I'}`;
      numbers.set(probe, number);
      return number;
    },
  };
}
