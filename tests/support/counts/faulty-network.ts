/** How often each fault happens, out of 100 requests. */
export interface FaultShares {
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly duplicate: number;
  readonly late: number;
}

/**
 * A network that loses requests and answers, sends some twice, and delivers copies of some long after they were given up,
 * so that an old revision arrives after a new one.
 */
export function faultyNetwork(shares: FaultShares, draw: (below: number) => number): typeof globalThis.fetch {
  const late: (() => Promise<unknown>)[] = [];
  return async (address, init) => {
    const chance = draw(100);
    const plain = { ...init, signal: null };
    if (late.length > 3)
      await late
        .shift()?.()
        .catch(() => undefined);
    if (chance < shares.lostRequest) throw new TypeError('the request was lost');
    if (chance < shares.lostRequest + shares.late) {
      late.push(() => globalThis.fetch(address, plain));
      throw new TypeError('the request was delayed');
    }
    const response = await globalThis.fetch(address, init);
    const rest = chance - shares.lostRequest - shares.late;
    if (rest < shares.lostAnswer) throw new TypeError('the answer was lost');
    if (rest < shares.lostAnswer + shares.duplicate) await globalThis.fetch(address, plain).catch(() => undefined);
    return response;
  };
}
