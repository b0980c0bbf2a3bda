import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CapturePage } from '../../e2e/pages/capture-page.ts';
import { ResultsPage } from '../../e2e/pages/results-page.ts';
import { StationPage } from '../../e2e/pages/station-page.ts';
import { WaysOut } from '../../e2e/pages/ways-out.ts';
import { type OneCheck, reachTheCapture, reachTheSearches, takeBoth, takeOne } from './officer-at-work.ts';

/** One way in which a check's prints end. */
export interface WayOut {
  readonly name: string;
  /** Goes to the last moment at which the print is there. */
  readonly reach: (check: OneCheck) => Promise<void>;
  /** Leaves; resolves when the station has said that the check, or the print, has ended. */
  readonly leave: (check: OneCheck) => Promise<void>;
  /** What must be found before leaving; by default image and template. */
  readonly findsFirst?: readonly string[];
  /** How the page is afterwards; by default it can go on where it is. */
  readonly after?: 'locked' | 'closed' | 'signed-out' | 'capturing' | 'killed';
}

const IMAGE_ALONE = ['image'];

const closed = (check: OneCheck): Promise<void> => new StationPage(check.page).isShown('Check closed');
const locked = (check: OneCheck): Promise<void> => new StationPage(check.page).isShown('This screen is locked');
const answersShown = (check: OneCheck): Promise<void> => new ResultsPage(check.page).waitForTheAnswers();

/** Orders the next worker that does this task to die in it. */
function orderDeath(task: 'extract' | 'vote'): void {
  writeFileSync(path.join(tmpdir(), `die-in-${task}`), '');
}

async function startTheFirst(check: OneCheck): Promise<void> {
  await reachTheCapture(check);
  await check.station.tell({ do: 'present', ...check.fingers[0] });
  await new CapturePage(check.page).startTaking('first');
  await check.page.locator('[data-slot="first"][data-state="transferring"]').waitFor();
  await check.station.tell({ do: 'stop-the-scanner' });
}

async function firstHasFailed(check: OneCheck): Promise<void> {
  await check.page.locator('[data-slot="first"][data-state="failed"]').waitFor();
}

/** Every way out of point 1 of the promise that leaves a process to look at. */
export const WAYS_OUT: readonly WayOut[] = [
  {
    name: 'both answers are in',
    reach: reachTheSearches,
    async leave(check) {
      await check.station.tell({ do: 'let-searches-go' });
      await answersShown(check);
    },
  },
  {
    name: 'the person declines',
    reach: takeBoth,
    leave: ({ page }) => new WaysOut(page).thePersonDeclines(),
  },
  {
    name: 'the officer stops the check while both databases are searched',
    reach: reachTheSearches,
    async leave(check) {
      await new WaysOut(check.page).stopTheCheck();
      await check.station.tell({ do: 'let-searches-go' });
    },
  },
  {
    name: 'a finger is taken again',
    reach: async (check) => {
      await reachTheCapture(check);
      await takeOne(check, 'first');
    },
    async leave({ page }) {
      await new CapturePage(page).markAs('first', 'bandaged');
    },
    after: 'capturing',
  },
  {
    name: 'the officer signs out',
    reach: takeBoth,
    leave: ({ page }) => new StationPage(page).signOut(),
    after: 'signed-out',
  },
  {
    name: 'the officer locks the screen',
    reach: takeBoth,
    leave: ({ page }) => new StationPage(page).lockTheScreen(),
    after: 'locked',
  },
  {
    name: "the computer's screen locks while both databases are searched",
    reach: reachTheSearches,
    async leave(check) {
      await check.station.tell({ do: 'raise', event: 'screen-locked' });
      await locked(check);
      await check.station.tell({ do: 'let-searches-go' });
    },
    after: 'locked',
  },
  {
    name: 'the computer goes to sleep',
    reach: takeBoth,
    async leave(check) {
      await check.station.tell({ do: 'raise', event: 'suspending' });
      await locked(check);
    },
    after: 'locked',
  },
  {
    name: 'the time to live is spent',
    reach: takeBoth,
    async leave(check) {
      await check.station.tell({ do: 'spend-time' });
      await closed(check);
    },
  },
  {
    name: 'the scanner is unplugged while it sends',
    reach: startTheFirst,
    async leave(check) {
      await check.station.tell({ do: 'unplug' });
      await check.station.tell({ do: 'let-the-scanner-go' });
      await firstHasFailed(check);
      await check.station.tell({ do: 'plug-in' });
    },
    findsFirst: IMAGE_ALONE,
    after: 'capturing',
  },
  {
    name: 'the officer cancels while the scanner sends',
    reach: startTheFirst,
    async leave({ page, station }) {
      await new CapturePage(page).cancel('first');
      await station.tell({ do: 'let-the-scanner-go' });
      await page.locator('[data-slot="first"][data-state="wanted"]').waitFor();
    },
    findsFirst: IMAGE_ALONE,
    after: 'capturing',
  },
  {
    name: 'a worker crashes while it extracts',
    reach: startTheFirst,
    async leave(check) {
      orderDeath('extract');
      await check.station.tell({ do: 'let-the-scanner-go' });
      await firstHasFailed(check);
    },
    findsFirst: IMAGE_ALONE,
    after: 'capturing',
  },
  {
    name: 'a worker crashes while it searches',
    reach: reachTheSearches,
    async leave(check) {
      orderDeath('vote');
      await check.station.tell({ do: 'let-searches-go' });
      await answersShown(check);
    },
  },
  {
    name: 'the window is closed',
    reach: takeBoth,
    leave: ({ page }) => page.close(),
    after: 'closed',
  },
  // The last, because the process does not survive it: its memory is gone, so the browser and the files are what is left.
  {
    name: 'the process is killed while both databases are searched',
    reach: reachTheSearches,
    leave: ({ station }) => station.kill(),
    after: 'killed',
  },
];
