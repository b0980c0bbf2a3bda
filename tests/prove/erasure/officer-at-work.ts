import type { Page } from 'playwright';
import { CapturePage } from '../../e2e/pages/capture-page.ts';
import { GroundsPages } from '../../e2e/pages/grounds-pages.ts';
import { OfficerHomePage } from '../../e2e/pages/officer-home-page.ts';
import { WordsPage } from '../../e2e/pages/words-page.ts';
import type { GatewayProcess } from '../../gateway/gateway-process.ts';
import type { MarkedFinger } from './marked-finger.ts';
import type { ProvedStation } from './proved-station.ts';

/** What a way out works with: the station, the page, and the two fingers that will be shown. */
export interface OneCheck {
  readonly station: ProvedStation;
  readonly page: Page;
  readonly fingers: readonly [MarkedFinger, MarkedFinger];
  /** The gateway that both databases are asked through, where they are. */
  readonly gateway: GatewayProcess | null;
}

/** Goes from the home page to the page on which prints are taken. */
export async function reachTheCapture({ page }: OneCheck): Promise<void> {
  await new OfficerHomePage(page).startAnIdentityCheck();
  const grounds = new GroundsPages(page);
  await grounds.stateTheGrounds();
  await grounds.confirmTheGrounds();
  await new WordsPage(page).sayEverything();
}

/** Takes one of the two fingers. */
export async function takeOne(check: OneCheck, slot: 'first' | 'second'): Promise<'captured' | 'failed'> {
  await check.station.tell({ do: 'present', ...check.fingers[slot === 'first' ? 0 : 1] });
  return new CapturePage(check.page).takeFinger(slot);
}

/** Goes from the home page to two captured fingers. */
export async function takeBoth(check: OneCheck): Promise<void> {
  await reachTheCapture(check);
  for (const slot of ['first', 'second'] as const) {
    const outcome = await takeOne(check, slot);
    if (outcome !== 'captured') throw new Error(`the ${slot} finger could not be captured`);
  }
}

/** Goes from the home page to two searches that wait. */
export async function reachTheSearches(check: OneCheck): Promise<void> {
  await takeBoth(check);
  await check.station.tell({ do: 'hold-searches' });
  await new CapturePage(check.page).searchBothDatabases();
  await check.page.locator('[data-slot]').first().waitFor({ state: 'detached' });
}
