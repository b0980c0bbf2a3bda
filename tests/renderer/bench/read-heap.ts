import type { CDPSession } from 'playwright';
import { z } from 'zod';

/** Kinds of nodes in a heap snapshot that are the engine's own: compiled code and what it keeps beside it. */
const OF_THE_ENGINE = new Set(['code', 'hidden', 'object shape']);

const snapshot = z.object({
  snapshot: z.object({ meta: z.object({ node_fields: z.array(z.string()), node_types: z.array(z.unknown()) }) }),
  nodes: z.array(z.number()),
});

/** A page's heap after garbage collection, bytes. */
export interface Heap {
  /** Objects, closures, strings, arrays and what belongs to the document: what a leak of the page would be. */
  readonly ofThePage: number;
  /** Compiled code, which comes and goes as the engine thinks fit. */
  readonly ofTheEngine: number;
}

/** Reads a heap by a snapshot of it, which costs about a second. */
export async function readHeap(cdp: CDPSession): Promise<Heap> {
  for (let pass = 0; pass < 3; pass += 1) await cdp.send('HeapProfiler.collectGarbage');
  let text = '';
  const take = ({ chunk }: { readonly chunk: string }): void => void (text += chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', {});
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { nodes, snapshot: described } = snapshot.parse(JSON.parse(text));
  const { node_fields: fields, node_types: types } = described.meta;
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const names = z.array(z.string()).parse(types[typeAt]);
  let [ofThePage, ofTheEngine] = [0, 0];
  for (let node = 0; node < nodes.length; node += fields.length) {
    const size = nodes[node + sizeAt] ?? 0;
    if (OF_THE_ENGINE.has(names[nodes[node + typeAt] ?? -1] ?? '')) ofTheEngine += size;
    else ofThePage += size;
  }
  return { ofThePage, ofTheEngine };
}
