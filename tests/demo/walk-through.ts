import type { Page } from 'playwright';
import type { DatabaseName } from '../../electron/contract/checks.ts';
import type { Role } from '../../electron/contract/session.ts';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { AdministratorPages } from '../e2e/pages/administrator-pages.ts';
import { CapturePage } from '../e2e/pages/capture-page.ts';
import { ClosedPage } from '../e2e/pages/closed-page.ts';
import { OfficerHomePage } from '../e2e/pages/officer-home-page.ts';
import { ResultsPage, type ShownAnswer } from '../e2e/pages/results-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { StationPage } from '../e2e/pages/station-page.ts';
import { WordsPage } from '../e2e/pages/words-page.ts';
import { type Album, PicturedGrounds } from './album.ts';

/** What the page showed of one check. */
export interface ShownCheck {
  readonly shown: Readonly<Record<DatabaseName, ShownAnswer>>;
  readonly msFromLiftToAnswers: number | null;
}

/** Walks one check from the home page back to the home page. `present` puts the next finger on the glass. */
export async function walkOneCheck(
  page: Page,
  album: Album,
  fingers: readonly [GreyImage, GreyImage],
  present: (finger: GreyImage) => void,
): Promise<ShownCheck> {
  await album.keep('home');
  await new OfficerHomePage(page).startAnIdentityCheck();
  const grounds = new PicturedGrounds(page, album);
  await grounds.stateTheGrounds();
  await album.keep('grounds-answers');
  await grounds.confirmTheGrounds();
  await album.keep('words');
  await new WordsPage(page).sayEverything();
  const capture = new CapturePage(page);
  await album.keep('capture');
  present(fingers[0]);
  await capture.takeFingerInTheEnd('first');
  present(fingers[1]);
  await capture.takeFingerInTheEnd('second');
  await album.keep('captured');
  await capture.searchBothDatabases();
  const results = new ResultsPage(page);
  const shown = await results.readTheAnswers();
  const msFromLiftToAnswers = await results.msFromLiftToAnswers();
  await album.keep(`results-${shown.police.answer}-${shown.immigration.answer}`);
  await results.closeTheCheck();
  await album.keep('closed');
  await new ClosedPage(page).finish();
  return { shown, msFromLiftToAnswers };
}

/** Signs in as each of the other roles and keeps a picture of each of its pages. */
export async function pictureTheOtherRoles(
  page: Page,
  album: Album,
  firstPassword: (role: Role) => string,
  ownPassword: string,
): Promise<void> {
  const signIn = new SignInPage(page);
  const administrator = new AdministratorPages(page);
  await signIn.signIn('admin', firstPassword('administrator'), ownPassword);
  await album.keep('administrator-home');
  for (const name of ['Scanners', 'Settings', 'Users', 'Monthly counts'] as const) {
    await administrator.openThePage(name);
    await album.keep(`administrator-${name.toLowerCase().replace(' ', '-')}`);
  }
  await administrator.signOut();
  for (const [role, places] of [
    ['sergeant', ['', 'counts']],
    ['auditor', ['', 'audit', 'counts']],
  ] as const) {
    await signIn.signIn(role, firstPassword(role), ownPassword);
    for (const place of places) {
      await page.evaluate((hash) => (location.hash = hash), `#/${place}`);
      await new StationPage(page).heading.waitFor();
      await album.keep(`${role}-${place === '' ? 'home' : place}`);
    }
    await new StationPage(page).signOut();
  }
}
