import { ScannerFault } from './scanner-fault.ts';
import type { Scanner, ScannerListing, ScannerSource } from './scanner.ts';

/**
 * Joins several sources into one. A source whose driver is missing lists nothing, unless all of them fail: then the
 * first fault is thrown, so that an empty list never hides a missing library.
 * @throws ScannerFault of the first source, when none can list
 */
export function combineSources(sources: readonly ScannerSource[]): ScannerSource {
  const listAll = async (signal: AbortSignal): Promise<readonly (readonly ScannerListing[])[]> => {
    const answers = await Promise.allSettled(sources.map((source) => source.list(signal)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined && answers.every((answer) => answer.status === 'rejected')) throw failed.reason;
    return answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };
  return {
    list: async (signal) => (await listAll(signal)).flat(),
    async open(path, signal): Promise<Scanner> {
      const lists = await listAll(signal);
      const owner = sources[lists.findIndex((rows) => rows.some((row) => row.path === path))];
      if (owner === undefined) throw new ScannerFault('scanner.not-found');
      return await owner.open(path, signal);
    },
  };
}
