import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import type { GalleriesView, GalleryOrigin, GalleryRow, GalleryState } from '../../../electron/contract/galleries.ts';
import type { StationContract } from '../../../electron/contract/station-contract.ts';
import { Changing } from './changing.ts';

const EXAMPLE_KEY = '3f1c9a52d07be846'.repeat(4);
const AUTHORITY_KEY = 'b7e02d4419fca583'.repeat(4);

/** An extract as an authority signed it. */
export const EXAMPLE_GALLERY: GalleryOrigin = {
  galleryId: '5b8b1a3e-6a4f-4c7e-9d2b-0f7a3c1e5d64',
  origin: 'Home Office Biometrics, extract for custody',
  extractedAt: '2026-11-02T04:00:00.000Z',
  expiresAt: '2026-12-31T23:59:59.000Z',
  people: 98_412,
  fingers: 196_630,
  signer: AUTHORITY_KEY,
};

export const IN_USE: Extract<GalleryState, { kind: 'in-use' }> = {
  kind: 'in-use',
  gallery: EXAMPLE_GALLERY,
  ageDays: 20,
  isOld: false,
  daysLeft: 39,
};

/** What a station would show of its galleries, with a hand on it for the tests. */
export class FakeGalleries {
  readonly #view = new Changing<GalleriesView>({
    police: { state: IN_USE, lastImport: { kind: 'none' } },
    immigration: { state: { kind: 'none' }, lastImport: { kind: 'none' } },
    settings: { policeKeys: AUTHORITY_KEY, immigrationKeys: '', warningDays: 30 },
    fixedByPolicy: [],
    stationKey: EXAMPLE_KEY,
  });

  /** Changes what one database shows, for everybody who watches. */
  show(database: DatabaseName, row: Partial<GalleryRow>): GalleriesView {
    return this.become({ [database]: { ...this.#view.present[database], ...row } });
  }

  become(change: Partial<GalleriesView>): GalleriesView {
    this.#view.set({ ...this.#view.present, ...change });
    return this.#view.present;
  }

  /** An import runs until the test says what became of it. */
  handlers<Context extends Record<PropertyKey, unknown>>(
    os: ImplementerInternalWithMiddlewares<StationContract, Context, Context>,
  ) {
    const view = this.#view;
    return {
      view: os.galleries.view.handler(() => view.present),
      watch: os.galleries.watch.handler(({ signal }) => view.follow(signal)),
      changeSettings: os.galleries.changeSettings.handler(({ input }) => this.become({ settings: input })),
      importFile: os.galleries.importFile.handler(({ input }) =>
        this.show(input.database, { lastImport: { kind: 'running', step: 'reading', share: 0.42 } }),
      ),
      cancelImport: os.galleries.cancelImport.handler(({ input }) =>
        this.show(input.database, { lastImport: { kind: 'cancelled', at: '2026-11-22T12:00:00.000Z' } }),
      ),
      remove: os.galleries.remove.handler(({ input }) => this.show(input.database, { state: { kind: 'none' } })),
    };
  }
}
