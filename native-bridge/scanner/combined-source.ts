import { ScannerFault } from './scanner-fault.ts';
import type { Scanner, ScannerListing, ScannerSource } from './scanner.ts';

/**
 * Joins several sources into one. A source whose driver is missing lists nothing, unless all of them fail: then the
 * first fault is thrown, so that an empty list never hides a missing library. A scanner that was listed is opened by the
 * source that listed it, without asking all of them again: libfprint's helper takes its time.
 * @throws ScannerFault of the first source, when none can list
 */
export function combineSources(sources: readonly ScannerSource[]): ScannerSource {
  let owners: ReadonlyMap<string, ScannerSource> = new Map();

  async function list(signal: AbortSignal): Promise<readonly ScannerListing[]> {
    const answers = await Promise.allSettled(sources.map((source) => source.list(signal)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined && answers.every((answer) => answer.status === 'rejected')) throw failed.reason;
    const lists = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const pairs = sources.flatMap((source, index) => (lists[index] ?? []).map(({ path }) => [path, source] as const));
    // The first source that lists a path keeps it.
    owners = new Map(pairs.toReversed());
    return lists.flat();
  }

  return {
    list,
    async open(path, signal): Promise<Scanner> {
      if (!owners.has(path)) await list(signal);
      const owner = owners.get(path);
      if (owner === undefined) throw new ScannerFault('scanner.not-found');
      return await owner.open(path, signal);
    },
  };
}
