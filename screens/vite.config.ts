import { defineConfig } from 'vite'

/** `npm run screens:dev` serves the sources as they change, in front of a program that runs on its usual port. */
const PROGRAM = 'http://127.0.0.1:4680'

export default defineConfig({
  root: import.meta.dirname,
  build: {
    target: 'es2024',
    // As new as the script: older browsers know neither.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
  server: { proxy: { '/api': { target: PROGRAM, changeOrigin: false } } },
})
