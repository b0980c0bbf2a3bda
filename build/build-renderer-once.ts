/** Builds the renderer where it is not fresh; for scripts that serve it. */
import path from 'node:path';
import { buildRenderer } from './build-renderer.ts';

await buildRenderer(path.resolve(import.meta.dirname, '..'));
