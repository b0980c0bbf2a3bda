/** The page's own scheme: a secure origin of its own, served from the package by `protocol.ts`. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://station`;
export const START_PAGE = `${APP_ORIGIN}/index.html`;
