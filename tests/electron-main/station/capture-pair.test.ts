import { expect, test } from 'vitest';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { createFinger } from '../../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';
import { reachCapture, takeFinger } from '../../support/officer.ts';
import { startTestStation, until, visit } from '../../support/test-station.ts';
import type { CheckView } from '../../../electron/contract/checks.ts';

type AtCapture = Extract<CheckView, { stage: 'capture' }>;

test('one finger laid on twice is told, its second print is gone, and the right finger is taken after it', async () => {
  await using station = await startTestStation({ withGalleries: false });
  const { client } = await station.signIn('officer');
  const check = await reachCapture(client);
  const { checkId, grantId } = check;
  await takeFinger(station, client, check, { slot: 'first', position: 2, personSeed: 3 });
  const ofTheFirst = new Set(station.buffers.keys());

  station.present(visit(3, 2, 777));
  await client.checks.capture({ checkId, grantId, slot: 'second', position: 7 });
  const told = await until(client, checkId, (view): view is AtCapture => {
    return view.stage === 'capture' && view.fingers[1].state.kind === 'failed';
  });

  expect(told.fingers[1].state).toEqual({ kind: 'failed', code: 'capture.finger-laid-twice' });
  expect(told.canSearch).toBe(false);
  const ofTheSecond = [...station.buffers].filter(([bufferId]) => !ofTheFirst.has(bufferId));
  expect(ofTheSecond).toHaveLength(2);
  expect(ofTheSecond.every(([, buffer]) => isAllZero(buffer))).toBe(true);
  const again = await takeFinger(station, client, check, { slot: 'second', position: 7, personSeed: 3 });
  expect(again.fingers[1].state.kind).toBe('captured');
});

/** A synthetic print whose loop opens to one side. Source: native-bridge/synthesis, class and seed are free. */
function loopOf(fingerClass: 'left-loop' | 'right-loop', seed: number): GreyImage {
  return takeImpression(createFinger(seed, { fingerClass }), 1, { hardship: 0 });
}

test.each([
  ['the left hand’s loops on the right index and the other way round', 'left-loop', 'right-loop', true],
  ['each hand’s loops where they mostly are', 'right-loop', 'left-loop', false],
  ['one loop against its hand, as one in ten is', 'left-loop', 'left-loop', false],
] as const)('%s: whether the officer is told to look at the hands', async (_, first, second, isTold) => {
  await using station = await startTestStation({ withGalleries: false });
  const { client } = await station.signIn('officer');
  const { checkId, grantId } = await reachCapture(client);

  station.present(loopOf(first, 32));
  await client.checks.capture({ checkId, grantId, slot: 'first', position: 2 });
  await until(client, checkId, (view): view is AtCapture => isTaken(view, 0));
  station.present(loopOf(second, 31));
  await client.checks.capture({ checkId, grantId, slot: 'second', position: 7 });
  const taken = await until(client, checkId, (view): view is AtCapture => isTaken(view, 1));

  expect(taken.isPerhapsSwapped).toBe(isTold);
  // It is advice: the search is not held up by it.
  expect(taken.canSearch).toBe(true);
});

function isTaken(view: CheckView, finger: 0 | 1): boolean {
  return view.stage === 'capture' && view.fingers[finger].state.kind === 'captured';
}
