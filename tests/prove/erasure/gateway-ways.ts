import { CapturePage } from '../../e2e/pages/capture-page.ts';
import { ResultsPage } from '../../e2e/pages/results-page.ts';
import { WaysOut } from '../../e2e/pages/ways-out.ts';
import type { Fault } from '../../gateway/faults.ts';
import type { GatewayProcess } from '../../gateway/gateway-process.ts';
import { type OneCheck, takeBoth } from './officer-at-work.ts';
import type { WayOut } from './ways-out.ts';

const DATABASES = ['police', 'immigration'] as const;
/** Any check, as often as it asks. */
const ALWAYS = { check: '*', at: 'submit', times: 1_000 } as const;
/** Longer than any look at the memory takes, milliseconds: until the plan is cleared, nothing that is sent is answered. */
const HELD_MS = 600_000;
/** What lies in memory while a file is on its way. */
const WHILE_SENDING = ['image', 'template', 'wsq'];

/** From the deadline of the settings below, and what a busy computer adds to it, milliseconds. */
const OUTSTANDING_TIMEOUT_MS = 60_000;
/** The deadline of a search, milliseconds, and how long a database may be outstanding, seconds. */
export const GATEWAY_SETTINGS = { searchDeadlineMs: 15_000, outstandingLimitSeconds: 600 } as const;

function gatewayOf({ gateway }: OneCheck): GatewayProcess {
  if (gateway === null) throw new Error('this way out is that of a station with a gateway');
  return gateway;
}

function plan(
  check: OneCheck,
  fault: Fault,
  databases: readonly ('police' | 'immigration')[] = DATABASES,
): Promise<void> {
  const delayMs = fault === 'slow' ? HELD_MS : 0;
  return gatewayOf(check).plan(databases.map((database) => ({ ...ALWAYS, database, fault, delayMs })));
}

async function search(check: OneCheck): Promise<void> {
  await takeBoth(check);
  await new CapturePage(check.page).searchBothDatabases();
  await check.page.locator('[data-slot]').first().waitFor({ state: 'detached' });
}

/** Goes to two files that have been sent and are not acknowledged. */
async function reachTheSending(check: OneCheck): Promise<void> {
  await plan(check, 'slow');
  await search(check);
}

/** Goes on without as many databases as are outstanding, one after the other, until the answers are shown. */
async function goOnWithout({ page }: OneCheck, databases: number): Promise<void> {
  const without = page.locator('[data-choice="without"]');
  for (let left = databases; left > 0; left -= 1) {
    await without.nth(left - 1).waitFor({ timeout: OUTSTANDING_TIMEOUT_MS });
    await without.first().click();
  }
  await new ResultsPage(page).waitForTheAnswers();
}

/** Ways out of a search by a gateway that leave a process to look at, and the last, which does not. */
export const GATEWAY_WAYS_OUT: readonly WayOut[] = [
  {
    name: 'both gateways answer',
    reach: reachTheSending,
    async leave(check) {
      await gatewayOf(check).clear();
      await new ResultsPage(check.page).waitForTheAnswers();
    },
    findsFirst: WHILE_SENDING,
  },
  {
    name: 'both gateways fail, and the officer goes on without them',
    reach: reachTheSending,
    async leave(check) {
      await gatewayOf(check).clear();
      await plan(check, 'error-500');
      await goOnWithout(check, 2);
      await gatewayOf(check).clear();
    },
    findsFirst: WHILE_SENDING,
  },
  {
    name: 'connections are dropped before an answer, and the officer goes on without',
    reach: reachTheSending,
    async leave(check) {
      await gatewayOf(check).clear();
      await plan(check, 'drop');
      await goOnWithout(check, 2);
      await gatewayOf(check).clear();
    },
    findsFirst: WHILE_SENDING,
  },
  {
    name: 'no gateway answers in time, and the officer goes on without them',
    async reach(check) {
      await plan(check, 'late');
      await search(check);
    },
    async leave(check) {
      await goOnWithout(check, 2);
      await gatewayOf(check).clear();
    },
  },
  {
    name: 'one gateway has answered, and the officer closes with the other outstanding',
    async reach(check) {
      await plan(check, 'late', ['immigration']);
      await search(check);
      await check.page.locator('[data-choice="without"]').waitFor({ timeout: OUTSTANDING_TIMEOUT_MS });
    },
    async leave(check) {
      await goOnWithout(check, 1);
      await gatewayOf(check).clear();
    },
  },
  {
    name: 'the officer stops the check while the prints are sent',
    reach: reachTheSending,
    async leave(check) {
      await new WaysOut(check.page).stopTheCheck();
      await gatewayOf(check).clear();
    },
    findsFirst: WHILE_SENDING,
  },
  {
    name: 'the process is killed while the prints are sent',
    reach: reachTheSending,
    leave: ({ station }) => station.kill(),
    findsFirst: WHILE_SENDING,
    after: 'killed',
  },
];
