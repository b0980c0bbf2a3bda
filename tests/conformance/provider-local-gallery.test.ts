import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../electron/config/config-schema.ts';
import { decideAnswer } from '../../electron/domain/identification/decide-answer.ts';
import { thresholdFor } from '../../electron/domain/identification/threshold-for.ts';
import { createLocalGallery } from '../../electron/search/local-gallery.ts';
import { systemClock } from '../../electron/station/system-clock.ts';
import type { MatcherPool } from '../../native-bridge/matcher/matcher.ts';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { temporaryFolder } from '../support/counts/temporary-database.ts';
import { writeGallery } from '../support/search/made-up-prints.ts';
import { ENROLLED, searchProviderConformance, type ProviderRig } from './search-provider-conformance.ts';

const SHORT_DEADLINE_MS = 200;

/** The real pool; while searches are held, one waits until it is ended or its time is nearly over. */
function holding(pool: MatcherPool, isHeld: () => boolean): MatcherPool {
  return {
    ...pool,
    async search(gallery, probe, options) {
      if (!isHeld()) return pool.search(gallery, probe, options);
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, options.deadlineMs);
      options.signal.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      clearTimeout(timer);
      return pool.search(gallery, probe, { ...options, deadlineMs: 0 });
    },
  };
}

async function makeRig(): Promise<ProviderRig> {
  await using scope = new AsyncDisposableStack();
  const filePath = path.join(scope.use(await temporaryFolder()).path, 'police.gallery');
  await writeGallery(filePath, 'a made-up authority', ENROLLED);
  const pool = scope.use(createMatcherPool({ threads: 1 }));
  let isHeld = false;
  const provider = scope.use(
    createLocalGallery({
      database: 'police',
      matcher: holding(pool, () => isHeld),
      now: () => systemClock.now(),
      decide: (candidates, searched) =>
        decideAnswer(candidates, {
          match: thresholdFor({ targetFpir: DEFAULT_SETTINGS.matchTargetFpir, ...searched }),
          possible: thresholdFor({ targetFpir: DEFAULT_SETTINGS.possibleTargetFpir, ...searched }),
        }),
    }),
  );
  const gallery = await pool.openGallery(filePath, new AbortController().signal);
  provider.become({ kind: 'ready', gallery, expiresAt: null });
  const all = scope.move();
  return {
    provider,
    shortDeadlineMs: SHORT_DEADLINE_MS,
    hold: () => (isHeld = true),
    breakDown: () => provider.become({ kind: 'unavailable', reason: 'gallery-damaged' }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

searchProviderConformance('a gallery on the station', makeRig);
