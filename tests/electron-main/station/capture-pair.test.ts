import { expect, test } from 'vitest';
import { isAllZero } from '../../../electron/custody/zeroise.ts';
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

  expect(told.fingers[1].state).toEqual({ kind: 'failed', code: 'capture.same-finger-twice' });
  expect(told.canSearch).toBe(false);
  const ofTheSecond = [...station.buffers].filter(([bufferId]) => !ofTheFirst.has(bufferId));
  expect(ofTheSecond).toHaveLength(2);
  expect(ofTheSecond.every(([, buffer]) => isAllZero(buffer))).toBe(true);
  const again = await takeFinger(station, client, check, { slot: 'second', position: 7, personSeed: 3 });
  expect(again.fingers[1].state.kind).toBe('captured');
});
