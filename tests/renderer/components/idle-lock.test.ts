import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exampleStatus } from '../support/example-views.ts';
import { FakeStation } from '../support/fake-station.ts';
import { mountApp } from '../support/mount-app.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const named = (fake: FakeStation, name: string): number => fake.calls.filter((call) => call.name === name).length;

test('a page that nobody touches for the station’s idle time locks itself, and not before', async () => {
  const fake = new FakeStation(exampleStatus({ idleLockMinutes: 3 }));
  const page = await mountApp(fake);
  await page.signIn();
  await vi.advanceTimersByTimeAsync(2.9 * MINUTE_MS);
  await page.settle();
  expect(named(fake, 'session.lock')).toBe(0);
  await vi.advanceTimersByTimeAsync(0.2 * MINUTE_MS);
  await page.settle();
  expect(page.heading()).toBe('This screen is locked');
  page.app.unmount();
});

test('a touch keeps the page open, and the station is told of it at most every twenty seconds', async () => {
  const fake = new FakeStation(exampleStatus({ idleLockMinutes: 1 }));
  const page = await mountApp(fake);
  await page.signIn();
  const before = named(fake, 'session.current');
  for (let second = 0; second < 180; second += 5) {
    window.dispatchEvent(new Event('pointerdown'));
    await vi.advanceTimersByTimeAsync(5_000);
  }
  await page.settle();
  expect(named(fake, 'session.lock')).toBe(0);
  const told = named(fake, 'session.current') - before;
  expect(told).toBeGreaterThanOrEqual(5);
  expect(told).toBeLessThanOrEqual(9);
  page.app.unmount();
});
