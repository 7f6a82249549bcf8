import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { addressOf, linksOfTheSite } from './links.ts'
import { plainBraces } from './plain-braces.ts'
import { sidebar } from './sidebar.ts'
import { slugOf } from './slug.ts'

const icon = readFileSync(join(import.meta.dirname, '../../dashboard/public/icon.svg'), 'utf8')

/** Builds to docs/.vitepress/dist, from the Markdown files of the whole repository, each at its own path. */
export default defineConfig({
  title: 'Scoreline',
  description: 'Event-driven scoring on Kafka and PostgreSQL',
  lang: 'en',
  head: [
    ['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }],
    // Chinese terms in narrow columns stay in one piece.
    ['style', {}, '.vp-doc td:not(:last-child) { word-break: keep-all }'],
  ],
  srcDir: '..',
  // VitePress takes every other config file for one of its own.
  srcExclude: ['.scoreline/**', 'coverage/**', 'config.ts'],
  cacheDir: '../node_modules/.cache/vitepress',
  rewrites: addressOf,
  // The page with all topics is one chunk.
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  markdown: {
    // Their syntax is near enough.
    languageAlias: { jsonata: 'js' },
    anchor: { slugify: slugOf },
    config: (markdown) => {
      markdown.use(linksOfTheSite).use(plainBraces)
    },
  },
  themeConfig: {
    sidebar,
    outline: { level: [2, 3] },
    search: { provider: 'local' },
  },
})
