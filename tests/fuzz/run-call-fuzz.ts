import { ORPCError } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import type { z } from 'zod';
import { refusalCode } from '../../electron/contract/errors.ts';
import { ROLES, type Role } from '../../electron/contract/session.ts';
import { stationContract } from '../../electron/contract/station-contract.ts';
import type { StationConnection } from '../../electron/station/connection.ts';
import { seededRandom } from '../../native-bridge/scanner/seeded-random.ts';
import { reachCapture } from '../support/officer.ts';
import { sessionOfRole } from '../support/session-of-role.ts';
import { startTestStation, type StationClient, type TestStation } from '../support/test-station.ts';
import { CallDrawer, type DrawnCall, type Known } from './drawn-calls.ts';

/** What a run of calls came to. */
export interface CallFuzzReport {
  readonly calls: number;
  /** How many calls ended in each way: `answered`, a code of the contract, `BAD_REQUEST`. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly scannersOpened: number;
  /** Calls that ended in none of the ways of the contract, each with what it was. */
  readonly crashes: readonly string[];
  /** Answers that said more than the contract. */
  readonly overflows: readonly string[];
}

/** Calls under way at a time. */
const SIDE_BY_SIDE = 8;

type AnyClient = Readonly<Record<string, Readonly<Record<string, (input: unknown, options: unknown) => unknown>>>>;

/** The output schema of a procedure, where it is one answer and not a stream. */
function outputOf({ group, name }: DrawnCall): z.ZodType | undefined {
  const groups = stationContract as unknown as Record<
    string,
    Record<string, { readonly '~orpc': { outputSchema?: unknown } }>
  >;
  const schema = groups[group]?.[name]?.['~orpc'].outputSchema;
  return typeof schema === 'object' && schema !== null && 'safeParse' in schema ? (schema as z.ZodType) : undefined;
}

class CallFuzz {
  readonly #station: TestStation;
  readonly #random: () => number;
  readonly #drawer: CallDrawer;
  readonly #connections = new Map<Role | 'nobody', StationConnection>();
  readonly #outcomes: Record<string, number> = {};
  readonly #crashes: string[] = [];
  readonly #overflows: string[] = [];
  #checkIds: string[] = [];

  constructor(station: TestStation, seed: number, known: Known) {
    this.#station = station;
    this.#random = seededRandom(seed);
    this.#drawer = new CallDrawer(this.#random, () => ({
      ...known,
      checkIds: [...known.checkIds, ...this.#checkIds],
    }));
  }

  async run(calls: number): Promise<CallFuzzReport> {
    let left = calls;
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await this.#callOne();
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    const { opened } = this.#station.spy;
    return {
      calls,
      outcomes: this.#outcomes,
      scannersOpened: opened,
      crashes: this.#crashes,
      overflows: this.#overflows,
    };
  }

  #connection(): StationConnection {
    const who = [...ROLES, 'nobody' as const][Math.floor(this.#random() * 5)]!;
    const found = this.#connections.get(who) ?? this.#station.station.connect();
    this.#connections.set(who, found);
    // Whoever was signed out, locked or disabled by an earlier call is there again.
    const isIn = found.session !== null && !found.session.isLocked && !found.session.mustChangePassword;
    if (who !== 'nobody' && !isIn) found.session = sessionOfRole(this.#station.station, who);
    if (who === 'nobody') found.session = null;
    return found;
  }

  async #callOne(): Promise<void> {
    const call = this.#drawer.draw();
    const label = `${call.group}.${call.name}`;
    const client = createRouterClient(this.#station.station.router, { context: { connection: this.#connection() } });
    const ending = new AbortController();
    try {
      const answer = await (client as unknown as AnyClient)[call.group]?.[call.name]?.(call.input, {
        signal: ending.signal,
      });
      this.#count('answered');
      await this.#checkAnswer(call, label, answer);
    } catch (error) {
      if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return this.#count('BAD_REQUEST');
      if (error instanceof ORPCError && error.code === 'REFUSED') return this.#checkRefusal(label, error.data);
      this.#crashes.push(`${label}: ${String(error)}`);
    } finally {
      ending.abort();
    }
  }

  async #checkAnswer(call: DrawnCall, label: string, answer: unknown): Promise<void> {
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      await (answer as AsyncGenerator<unknown>).return(undefined);
      return;
    }
    // The schemas are strict, so that a field more than the contract's does not parse.
    if (outputOf(call)?.safeParse(answer).success !== true) this.#overflows.push(label);
    if (label === 'checks.begin')
      this.#checkIds = [...this.#checkIds, (answer as { checkId: string }).checkId].slice(-4);
  }

  #checkRefusal(label: string, data: unknown): void {
    const isOnlyACode = typeof data === 'object' && data !== null && Object.keys(data).join() === 'code';
    const code = refusalCode.safeParse(isOnlyACode && 'code' in data ? data.code : undefined);
    if (!code.success) this.#overflows.push(`${label}: ${JSON.stringify(data)}`);
    else if (code.data === 'station.fault') this.#crashes.push(`${label}: station.fault`);
    else this.#count(code.data);
  }

  #count(outcome: string): void {
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
  }
}

/** An officer who stands before the scanner: the check and the grant that the fuzzed callers will have heard of. */
async function aCheckUnderGrant(
  station: TestStation,
): Promise<{ readonly client: StationClient; readonly grantId: string }> {
  const { client: administrator } = await station.signIn('administrator');
  const { firstPassword } = await administrator.administration.createUser({
    userName: 'bystander',
    displayName: 'Bystander',
    role: 'officer',
  });
  const { client } = station.connect();
  await client.session.signIn({ userName: 'bystander', password: firstPassword });
  await client.session.changePassword({ present: firstPassword, wanted: 'plain blue umbrella' });
  return { client, grantId: (await reachCapture(client)).grantId };
}

/** Makes `calls` calls of every procedure as every role and as nobody, several at a time, the same for the same seed. */
export async function runCallFuzz(
  calls: number,
  seed: number,
): Promise<CallFuzzReport & { readonly isBystanderUnharmed: boolean }> {
  await using station = await startTestStation({ withGalleries: false });
  const { client, grantId } = await aCheckUnderGrant(station);
  const before = await client.checks.current({});
  const fuzz = new CallFuzz(station, seed, {
    checkIds: [before?.checkId ?? '', '00000000-0000-4000-8000-000000000000'],
    grantIds: [grantId, '00000000-0000-4000-8000-000000000000'],
    userIds: ['00000000-0000-4000-8000-000000000000'],
  });
  const report = await fuzz.run(calls);
  const after = await client.checks.current({});
  return { ...report, isBystanderUnharmed: JSON.stringify(after) === JSON.stringify(before) };
}
