import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Built to dashboard/dist, which the API serves. While working on the page, requests for data go to a running API. */
export default defineConfig({
  plugins: [preact()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
  server: {
    host: '127.0.0.1',
    // Everything but the page itself and Vite's own files.
    proxy: { '^/(?!$|@|src/|node_modules/|icon[.]svg)': 'http://127.0.0.1:8080' },
  },
})
