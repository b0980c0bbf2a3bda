import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** The renderer's build, and the test runner's projects: plain Node, the renderer's components, and real browsers. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [vue()],
  // The Ministry of Justice's styles look for GOV.UK Frontend from the project's root.
  css: { preprocessorOptions: { scss: { loadPaths: ['.', 'node_modules'] } } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_I18N_LEGACY_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: '../.out/renderer',
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome140',
    chunkSizeWarningLimit: 700,
  },
  test: {
    root: '.',
    projects: [
      {
        root: '.',
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**', 'tests/e2e/**', 'tests/electron/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root: '.',
        plugins: [vue()],
        test: { name: 'renderer', environment: 'happy-dom', include: ['tests/renderer/**/*.test.ts'] },
      },
      {
        root: '.',
        test: {
          name: 'electron',
          environment: 'node',
          include: ['tests/electron/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        root: '.',
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
