import { DELIVERY_TIMEOUT_MS, MAXIMUM_ANSWER_BYTES } from './parameters.ts';
import { deliveryReceipt, revisionTaken } from './count-document.ts';

/** What became of one attempt to deliver. */
export type Delivery =
  | { readonly kind: 'delivered' }
  /** The collector has that revision with other content: this station was restored from an older state. */
  | { readonly kind: 'revision-taken'; readonly taken: number }
  /** Trying again may help. */
  | { readonly kind: 'failed'; readonly reason: DeliveryFailure }
  /** Trying the same bytes again cannot help. */
  | { readonly kind: 'refused'; readonly reason: string };

export type DeliveryFailure = 'unreachable' | 'timed-out' | 'server-error' | 'answer-not-understood';

/** HTTP answers after which the same request may yet succeed. Source: RFC 9110 and RFC 6585. */
const WORTH_ANOTHER_TRY: readonly number[] = [408, 425, 429];

/** Hosts that never leave the machine: for them alone an address without TLS is taken. */
const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/** True when counts may be sent to that address: TLS, or the machine itself. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/** Where documents go below the address of the collector. */
export function documentsAddress(address: string): string {
  return new URL('v1/documents', address.endsWith('/') ? address : `${address}/`).href;
}

async function readAnswer(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MAXIMUM_ANSWER_BYTES) return null;
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Sends one signed document once. Everything that the network can do is a value; only the caller's abort throws.
 * @throws the signal's reason when it was aborted
 */
export async function deliver(
  fetch: typeof globalThis.fetch,
  address: string,
  body: string,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Delivery> {
  const timeout = AbortSignal.timeout(DELIVERY_TIMEOUT_MS);
  try {
    const response = await fetch(documentsAddress(address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    return await judge(response, idempotencyKey);
  } catch {
    signal.throwIfAborted();
    return { kind: 'failed', reason: timeout.aborted ? 'timed-out' : 'unreachable' };
  }
}

async function judge(response: Response, idempotencyKey: string): Promise<Delivery> {
  const answer = await readAnswer(response);
  if (response.ok) {
    const receipt = deliveryReceipt.safeParse(answer);
    if (receipt.success && receipt.data.received === idempotencyKey) return { kind: 'delivered' };
    return { kind: 'failed', reason: 'answer-not-understood' };
  }
  const taken = revisionTaken.safeParse(answer);
  if (response.status === 409 && taken.success) return { kind: 'revision-taken', taken: taken.data.taken };
  if (response.status >= 500 || WORTH_ANOTHER_TRY.includes(response.status)) {
    return { kind: 'failed', reason: 'server-error' };
  }
  return { kind: 'refused', reason: `http-${response.status}` };
}
