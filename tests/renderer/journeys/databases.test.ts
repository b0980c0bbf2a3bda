import { expect, test } from 'vitest';
import { mountApp, type MountedApp } from '../support/mount-app.ts';

async function openDatabases(): Promise<MountedApp> {
  const app = await mountApp();
  await app.signIn('administrator');
  await app.router.push('/admin/databases');
  await app.settle();
  return app;
}

function sent(app: MountedApp): unknown {
  return app.fake.calls.findLast(({ name }) => name === 'databases.change')?.input;
}

test('each database says where it is, how it is, and how long its certificates last', async () => {
  const app = await openDatabases();

  expect(app.heading()).toBe('Databases');
  expect(app.text()).toContain('18 days old');
  expect(app.text()).toContain('Ends in 12 days');
  expect(app.text()).toContain('A certificate ends soon.');
});

test('a gateway needs its address and all three files, and nothing is sent without them', async () => {
  const app = await openDatabases();
  await app.type('immigration-keyFile', '  ');

  await app.submit();

  expect(app.text()).toContain("Immigration records: enter the path of the file with the certificate's key");
  expect(sent(app)).toBeUndefined();
});

test('what is typed is sent as the contract has it, and what a gallery does not need stays empty', async () => {
  const app = await openDatabases();
  await app.type('certificateWarningDays', '45');

  await app.submit();

  expect(sent(app)).toMatchObject({
    police: { provider: 'gallery', gatewayAddress: null, keyFile: null },
    immigration: { provider: 'gateway', keyFile: '/etc/ridgeway/gateway/station.key' },
    certificateWarningDays: 45,
  });
  expect(app.text()).toContain('Saved, and connected anew.');
});

test('a key of another certificate is told in words that say what to do', async () => {
  const app = await openDatabases();
  app.fake.refusals.set('databases.change', 'gateway.key-of-another-certificate');

  await app.submit();

  expect(app.text()).toContain("The key does not belong to the station's certificate.");
});

test('what the force has fixed is greyed and says so', async () => {
  await openDatabases();

  expect(document.getElementById('immigration-gatewayAddress')).toHaveProperty('disabled', true);
  expect(document.getElementById('immigration-keyFile')).toHaveProperty('disabled', false);
});

test('a gateway is asked whether it is there, and what is typed stays', async () => {
  const app = await openDatabases();
  await app.type('immigration-keyFile', '/etc/other.key');

  await app.press('Ask if it is there (Immigration records)');

  expect(app.fake.calls.some(({ name }) => name === 'databases.test')).toBe(true);
  expect(document.getElementById('immigration-keyFile')).toHaveProperty('value', '/etc/other.key');
});
