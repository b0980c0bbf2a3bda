import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { countDocument, documentText, signedDocument } from '../../../electron/counts/count-document.ts';
import { loadStationKey } from '../../../electron/counts/station-key.ts';
import { createCountSync } from '../../../electron/counts/sync.ts';
import { createTally } from '../../../electron/counts/tally.ts';
import { createCheckStore } from '../../../electron/storage/check-store.ts';
import { createSettingsStore } from '../../../electron/storage/settings-store.ts';
import { createUserStore } from '../../../electron/storage/user-store.ts';
import { drawFrom, seededBytes } from '../../support/counts/counting-station.ts';
import { drawCheck } from '../../support/counts/random-counts.ts';
import { recordingWire } from '../../support/counts/recording-wire.ts';
import { runningCollector } from '../../support/counts/running-collector.ts';
import { handClock, temporaryDatabase } from '../../support/counts/temporary-database.ts';

/** Seals by exclusive or with a fixed byte: enough to see that the key is not kept as it is. */
const platform = {
  seal: async (secret: Uint8Array) => secret.map((byte) => byte ^ 0x5a),
  unseal: async (sealed: Uint8Array) => sealed.map((byte) => byte ^ 0x5a),
};

/** The forms in which a string could hide in bytes. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    bytes.toString('hex'),
    bytes.toString('base64').replaceAll('=', '').slice(0, -1),
    encodeURIComponent(text),
  ];
}

test('unique strings in every free field of fuzzed checks appear in no byte on the wire', async () => {
  await using temporary = await temporaryDatabase();
  await using collector = await runningCollector();
  await using wire = await recordingWire(collector.address);
  const { database } = temporary;
  const clock = handClock('2026-03-01T09:00:00Z');
  const log = createAuditLog(database, clock);
  const tally = createTally(database, log);
  const checks = createCheckStore(database);
  const planted: string[] = [];
  const plant = (): string => {
    const text = `Zq${randomUUID().replaceAll('-', '')}é`;
    planted.push(text);
    return text;
  };
  const officer = randomUUID();
  planted.push(officer);
  await createUserStore(database).add({
    id: officer,
    userName: plant(),
    displayName: plant(),
    role: 'officer',
    passwordHash: plant(),
    mustChangePassword: false,
    failedAttempts: 0,
    lockedUntil: null,
    disabled: false,
  });
  const settings = createSettingsStore(database);
  await settings.write(plant(), JSON.stringify(plant()));
  const draw = drawFrom('wire');
  for (let index = 0; index < 60; index += 1) {
    const id = plant();
    const endedAtMs = Date.parse('2026-03-01T09:00:00Z') + draw(30 * 86_400) * 1_000 + 137;
    clock.set(endedAtMs);
    const check = await checks.open({ id, officerId: officer, openedAt: new Date(endedAtMs).toISOString() });
    planted.push(check.reference, check.openedAt);
    await checks.update(id, { groundsText: plant(), endedAt: check.openedAt, state: 'closed' });
    const of = { actor: officer, reference: check.reference };
    await log.append({ ...of, code: 'check-opened', details: {} });
    await tally.recordEndedCheck({ ...drawCheck(draw, true), checkId: id, reference: check.reference, endedAtMs });
  }
  const key = await loadStationKey(settings, platform);
  await collector.enrol('north', 'desk-1', key.publicKey);
  clock.set('2026-04-02T00:00:00Z');
  const sync = createCountSync({
    database,
    auditLog: log,
    key,
    clock,
    fetch: globalThis.fetch,
    randomness: seededBytes('wire'),
    choice: async () => ({ isSwitchedOn: true, address: wire.address, force: 'north', station: 'desk-1' }),
  });

  expect(await sync.run(new AbortController().signal)).toEqual({ kind: 'done', delivered: 1 });

  const sent = wire.sent().toString('latin1');
  const body: unknown = JSON.parse(sent.slice(sent.indexOf('\r\n\r\n') + 4));
  expect(sent).toContain('"check":60');
  expect(planted.filter((text) => formsOf(text).some((form) => sent.includes(form)))).toEqual([]);
  expect(sent).not.toMatch(/2026-0[34]-\d/);
  expect(Object.keys(signedDocument.parse(body).document).toSorted()).toEqual(
    ['auditAnchors', 'cells', 'force', 'format', 'month', 'revision', 'station'].toSorted(),
  );
});

test('an extra key anywhere in a document is refused by the schema that both sides use', () => {
  const document = {
    format: 'ridgeway-counts/1',
    force: 'north',
    station: 'desk-1',
    month: '2026-03',
    revision: 1,
    cells: { check: 1, 'ground/6B(a)': 1, 'outcome/declined': 1 },
    auditAnchors: [{ sequence: 1, hash: '0'.repeat(64) }],
  };
  expect(countDocument.safeParse(document).success).toBe(true);
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.jsonValue({ maxDepth: 1 }), (name, value) => {
      fc.pre(!Object.hasOwn(document, name) && !['sequence', 'hash'].includes(name) && name !== '__proto__');
      const [anchor] = document.auditAnchors;
      expect(countDocument.safeParse({ ...document, [name]: value }).success).toBe(false);
      expect(countDocument.safeParse({ ...document, cells: { ...document.cells, [name]: 1 } }).success).toBe(
        Object.hasOwn(document.cells, name),
      );
      expect(countDocument.safeParse({ ...document, auditAnchors: [{ ...anchor, [name]: value }] }).success).toBe(
        false,
      );
    }),
  );
});

test('any JSON at all is either a document or refused, and never a crash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed = signedDocument.safeParse(value);
      expect(parsed.success).toBe(false);
    }),
  );
});

test('the station makes its key once, keeps it sealed, and signs what a changed document no longer fits', async () => {
  await using temporary = await temporaryDatabase();
  const settings = createSettingsStore(temporary.database);

  const first = await loadStationKey(settings, platform);
  const second = await loadStationKey(settings, platform);

  expect(second.publicKey).toBe(first.publicKey);
  const kept = await temporary.database.run((c) => c('setting').first('json'));
  // The head of every private key in PKCS 8 would show if it were not sealed.
  expect(String(kept?.json)).not.toContain('302e020100300506032b6570');
  const broken = { ...platform, unseal: () => Promise.reject(new Error('another computer')) };
  await expect(loadStationKey(settings, broken)).rejects.toEqual(
    expect.objectContaining({ code: 'counts.key-unreadable' }),
  );
});

test('the text that is signed does not depend on the order of keys', () => {
  const one = {
    format: 'ridgeway-counts/1',
    force: 'a',
    station: 'b',
    month: '2026-01',
    revision: 1,
    cells: {},
    auditAnchors: [],
  } as const;
  const other = {
    auditAnchors: [],
    cells: {},
    revision: 1,
    month: '2026-01',
    station: 'b',
    force: 'a',
    format: 'ridgeway-counts/1',
  } as const;

  expect(documentText({ ...one, auditAnchors: [] })).toBe(documentText({ ...other, auditAnchors: [] }));
});
