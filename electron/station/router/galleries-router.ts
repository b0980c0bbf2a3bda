import type { GalleriesView } from '../../contract/galleries.ts';
import { follow } from '../follow.ts';
import type { GalleryDesk } from '../galleries/gallery-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

/** The administrator's galleries. Nothing here gives a reference or a template out, or adds anybody. */
export function galleriesRouter({ galleries }: Gate, desk: GalleryDesk) {
  return {
    view: galleries.view.handler(() => desk.view()),
    watch: galleries.watch.handler(({ signal }) =>
      follow<GalleriesView>({
        first: desk.view(),
        subscribe: (listener) => desk.subscribe(listener),
        isLast: () => false,
        signal,
      }),
    ),
    changeSettings: galleries.changeSettings.handler(async ({ context, input }) => {
      await desk.changeSettings(sessionOf(context).userId, input);
      return desk.view();
    }),
    importFile: galleries.importFile.handler(({ context, input }) => {
      desk.importFile(sessionOf(context).userId, input);
      return desk.view();
    }),
    cancelImport: galleries.cancelImport.handler(({ input }) => {
      desk.cancelImport(input.database);
      return desk.view();
    }),
    remove: galleries.remove.handler(async ({ context, input }) => {
      await desk.remove(sessionOf(context).userId, input.database);
      return desk.view();
    }),
  };
}
