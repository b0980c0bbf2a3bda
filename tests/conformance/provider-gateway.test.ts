import path from 'node:path';
import { createGatewayConnection } from '../../electron/search/gateway/gateway-connection.ts';
import { createGatewayProvider } from '../../electron/search/gateway/gateway-provider.ts';
import { systemRandomness } from '../../electron/station/system-clock.ts';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { startReferenceGateway } from '../gateway/reference-gateway.ts';
import { temporaryFolder } from '../support/counts/temporary-database.ts';
import { writeGallery } from '../support/search/made-up-prints.ts';
import { quickClock } from '../support/search/quick-clock.ts';
import { ENROLLED, searchProviderConformance, type ProviderRig } from './search-provider-conformance.ts';

/** How much faster the provider's clock runs than the computer's, and a deadline on it, milliseconds. */
const TIMES = 10;
const SHORT_DEADLINE_MS = 15_000;
const ALWAYS = 1_000;

async function makeRig(): Promise<ProviderRig> {
  await using scope = new AsyncDisposableStack();
  const filePath = path.join(scope.use(await temporaryFolder()).path, 'police.gallery');
  await writeGallery(filePath, 'a made-up authority', ENROLLED);
  const matcher = scope.use(createMatcherPool({ threads: 1 }));
  const gallery = await matcher.openGallery(filePath, new AbortController().signal);
  const gateway = scope.use(
    await startReferenceGateway({
      matcher,
      galleries: { police: gallery, immigration: gallery },
      origin: 'reference gateway',
      nowMs: Date.now(),
    }),
  );
  const provider = scope.use(
    createGatewayProvider({
      database: 'police',
      connection: createGatewayConnection({
        address: gateway.addresses.good,
        ...gateway.stations.good,
        authorityPem: gateway.authorityPem,
      }),
      clock: quickClock(TIMES),
      randomness: systemRandomness,
      stationCode: () => 'desk-1',
      warningDays: () => 30,
      onStatusChange: () => {},
    }),
  );
  const all = scope.move();
  return {
    provider,
    shortDeadlineMs: SHORT_DEADLINE_MS,
    hold: (check) => gateway.plan.add({ check, database: 'police', at: 'submit', fault: 'late', times: ALWAYS }),
    breakDown: (check) => gateway.plan.add({ check, database: 'police', at: 'submit', fault: 'drop', times: ALWAYS }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

searchProviderConformance('the reference gateway', makeRig);
