import type { CheckView, FingerSlot } from '../../electron/contract/checks.ts';
import { SPOKEN_WORDS, type GroundsRecord } from '../../electron/contract/grounds.ts';
import type { FingerPosition } from '../../native-bridge/matcher/matcher.ts';
import { soundGrounds } from './sound-grounds.ts';
import { type StationClient, type TestStation, until, visit } from './test-station.ts';

type ViewAt<Stage extends CheckView['stage']> = Extract<CheckView, { stage: Stage }>;

/** True for a view at that stage; narrows it. */
export function isAt<Stage extends CheckView['stage']>(stage: Stage) {
  return (view: CheckView): view is ViewAt<Stage> => view.stage === stage;
}

/** Goes from nothing to the capture page: grounds, words, grant. */
export async function reachCapture(client: StationClient, grounds: GroundsRecord = soundGrounds()) {
  const { checkId } = await client.checks.begin({});
  await client.checks.recordGrounds({ checkId, grounds });
  for (const word of SPOKEN_WORDS) await client.checks.confirmSpoken({ checkId, word });
  const view = await client.checks.proceedToCapture({ checkId });
  if (view.stage !== 'capture') throw new Error(`the check is at ${view.stage}`);
  return view;
}

/** Takes one finger of a training person and waits until it was captured or has failed. */
export async function takeFinger(
  station: TestStation,
  client: StationClient,
  check: ViewAt<'capture'>,
  finger: { readonly slot: FingerSlot; readonly position: FingerPosition; readonly personSeed: number },
) {
  const { checkId, grantId } = check;
  const { personSeed, position, slot } = finger;
  station.present(visit(personSeed, position));
  await client.checks.capture({ checkId, grantId, slot, position });
  return until(client, checkId, (view): view is ViewAt<'capture'> => {
    if (view.stage !== 'capture') return false;
    const { state } = view.fingers[slot === 'first' ? 0 : 1];
    return state.kind === 'captured' || state.kind === 'failed';
  });
}

/** Takes both index fingers of a training person. */
export async function takeBoth(
  station: TestStation,
  client: StationClient,
  check: ViewAt<'capture'>,
  personSeed: number,
) {
  await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed });
  return takeFinger(station, client, check, { slot: 'second', position: 7, personSeed });
}

/** Goes from nothing to the results of one training person. */
export async function checkPerson(station: TestStation, client: StationClient, personSeed: number) {
  const check = await reachCapture(client);
  await takeBoth(station, client, check, personSeed);
  await client.checks.search({ checkId: check.checkId, grantId: check.grantId, whyBelowThreshold: 'a test' });
  return until(client, check.checkId, isAt('results'));
}
