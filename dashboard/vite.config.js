import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Builds to dashboard/dist, which the API serves. The development server proxies data requests to a running API. */
export default defineConfig({
  plugins: [preact()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
  server: {
    host: '127.0.0.1',
    // All paths except the page itself and Vite's own files.
    proxy: { '^/(?!$|@|src/|node_modules/|icon[.]svg)': 'http://127.0.0.1:8080' },
  },
})
