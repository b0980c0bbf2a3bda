import { MAXIMUM_PERSON_BYTES, personBytes } from '../../native-bridge/matcher/index/people-stream.ts';
import { GalleryRefused } from './gallery-refused.ts';
import { BATCH_BYTES, BATCH_PEOPLE } from './parameters.ts';

/** People of one shard, whole, in shared memory that whoever takes them gives back. */
export interface PeopleBatch {
  readonly memory: SharedArrayBuffer;
  readonly bytes: number;
  readonly people: number;
  readonly fingers: number;
  /** Zeroes the memory and lets the next batch have it. */
  giveBack(): void;
}

/**
 * Cuts a stream of people, whose chunks end anywhere, into batches that end where a person does. A person whose lengths
 * cannot be is refused before anything waits for more of it.
 * @throws GalleryRefused `people`
 */
export async function* batchPeople(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PeopleBatch, void, void> {
  const free: SharedArrayBuffer[] = [];
  let memory = new SharedArrayBuffer(BATCH_BYTES);
  let room = new Uint8Array(memory);
  let filled = 0;
  let whole = 0;
  let people = 0;
  let fingers = 0;

  function* scan(): Generator<PeopleBatch, void, void> {
    for (;;) {
      const place = personBytes(room.subarray(0, filled), whole);
      const waiting = filled - whole;
      if ((place?.size ?? waiting) > MAXIMUM_PERSON_BYTES) throw new GalleryRefused('people', { bytes: waiting });
      if (place !== null) {
        whole += place.size;
        people += 1;
        fingers += place.fingers;
      }
      if (people === BATCH_PEOPLE || (place === null && BATCH_BYTES - filled < 1 && people > 0)) yield take();
      else if (place === null) return;
    }
  }

  /** Hands the whole people over and goes on with what is left of the last. */
  function take(): PeopleBatch {
    const taken = memory;
    const giveBack = (): void => {
      new Uint8Array(taken).fill(0);
      free.push(taken);
    };
    const batch = { memory, bytes: whole, people, fingers, giveBack };
    memory = free.pop() ?? new SharedArrayBuffer(BATCH_BYTES);
    const next = new Uint8Array(memory);
    next.set(room.subarray(whole, filled));
    room.fill(0, whole, filled);
    room = next;
    filled -= whole;
    whole = 0;
    people = 0;
    fingers = 0;
    return batch;
  }

  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + BATCH_BYTES - filled);
        room.set(part, filled);
        filled += part.length;
        at += part.length;
        yield* scan();
      }
    }
    if (filled !== whole) throw new GalleryRefused('people', { left: filled - whole });
    if (people > 0) yield take();
  } finally {
    room.fill(0);
  }
}
