/** Builds the site as `npm run build:docs` does, and reads it as its visitors do. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createMarkdownRenderer } from 'vitepress'
import { addressOf, linksOfTheSite } from '../../docs/.vitepress/links.ts'
import { sidebar } from '../../docs/.vitepress/sidebar.ts'
import { CHROMIUM_FLAGS, chromiumPath, describeWithBrowser } from '../support/browser.ts'

const PROJECT = join(import.meta.dirname, '../..')
const DOCUMENTS = join(PROJECT, 'docs')
const site = mkdtempSync(join(tmpdir(), 'site-'))

const filesIn = (folder: string, end: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(end))

type Entry = (typeof sidebar)[number]
const linksOf = (entries: readonly Entry[]): string[] =>
  entries.flatMap(({ link, items }) => [...(link === undefined ? [] : [link]), ...linksOf(items ?? [])])

/** Where a document of the repository is on the site. */
const linkOf = (document: string): string => `/${addressOf(document).replace(/(?:index)?\.md$/, '')}`

beforeAll(async () => {
  const vitepress = join(PROJECT, 'node_modules/vitepress/bin/vitepress.js')
  await promisify(execFile)(process.execPath, [vitepress, 'build', 'docs', '--outDir', site], { cwd: PROJECT })
}, 180_000)

test('the side bar leads to every document, once, and to nothing else', () => {
  const documents = filesIn(DOCUMENTS, '.md').map((path) => linkOf(`docs/${path}`))
  const links = linksOf(sidebar)
  expect(documents.length).toBeGreaterThan(50)
  expect(documents.filter((document) => !links.includes(document))).toEqual([])
  expect(links.filter((link, index) => links.indexOf(link) !== index)).toEqual([])
  const pages = filesIn(site, '.html').map((path) => `/${path.replace(/(?:index)?\.html$/, '')}`)
  expect(links.filter((link) => !pages.includes(link))).toEqual([])
})

test('every link leads to a page, and to a heading of it', () => {
  const pages = new Map(filesIn(site, '.html').map((path) => [`/${path}`, readFileSync(join(site, path), 'utf8')]))
  const idsOf = (html: string): Set<string> => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!))
  const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]))
  const links = [...pages].flatMap(([path, html]) =>
    [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href]) => ({
      path,
      url: new URL(href!, `http://site${path}`),
    })),
  )
  const own = links.filter(({ url }) => url.host === 'site')
  expect(own.length).toBeGreaterThan(1_000)
  const dead = own.filter(({ url }) => {
    const path = decodeURIComponent(url.pathname).replace(/\/$/, '/index.html')
    const anchor = decodeURIComponent(url.hash.slice(1))
    return !(ids.get(path)?.has(anchor) ?? false) && !(anchor === '' && ids.has(path))
  })
  expect(dead.map(({ path, url }) => `${path} → ${url.pathname}${url.hash}`)).toEqual([])
})

test('a link to a source file shows its path, and one to a folder leads to its README', () => {
  const read = (path: string): string => readFileSync(join(site, path), 'utf8')
  expect(read('docs/extensions.html')).toContain('<a href="./../examples/extension/">examples/extension</a>')
  expect(read('CONTRIBUTING.html')).toContain('Apache License 2.0 (<code>LICENSE</code>)')
  expect(read('docs/runbooks.html')).toContain('alerting rules of deploy/prometheus/rules.yaml mean')
  expect(filesIn(site, '.html').filter((path) => /<a [^>]*href="[^"]*\.(?:ts|yaml)"/.test(read(path)))).toEqual([])
})

test('a link to a file that does not exist fails the build', async () => {
  const markdown = (await createMarkdownRenderer(PROJECT)).use(linksOfTheSite)
  const render = (text: string): string => markdown.render(text, { path: join(DOCUMENTS, 'api.md') })
  expect(render('[a](../kafka/client.ts)')).toContain('a (<code v-pre>kafka/client.ts</code>)')
  expect(() => render('[a](../kafka/gone.ts)')).toThrow('docs/api.md links to ../kafka/gone.ts, which does not exist.')
})

test('the glossary has the same words in three languages', () => {
  const glossary = readFileSync(join(DOCUMENTS, 'glossary.md'), 'utf8')
  const tables = glossary.split(/^## /m).slice(1)
  const rowsOf = (table: string): string[][] =>
    [...table.matchAll(/^\| (?!---)(.+) \|$/gm)].slice(1).map(([, row]) => row!.split(' | '))
  const [english, russian, chinese] = tables.map(rowsOf)
  expect(english!.length).toBeGreaterThan(40)
  expect(russian!.map(([term, translated]) => [translated, term])).toEqual(
    english!.map(([term, other]) => [term, other]),
  )
  expect(chinese!.map(([term, translated]) => [translated, term])).toEqual(
    english!.map(([term, , other]) => [term, other]),
  )
})

describeWithBrowser('in a browser', () => {
  let server: FastifyInstance
  let browser: Browser
  let page: Page
  let address: string
  const complaints: string[] = []

  beforeAll(async () => {
    server = fastify().register(fastifyStatic, { root: site })
    address = await server.listen({ host: '127.0.0.1', port: 0 })
    browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
    page.on('request', (request) => {
      if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(`${address}/`))
        complaints.push(`asks for ${request.url()}`)
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.close()
  })
  afterEach(() => expect(complaints.splice(0)).toEqual([]))

  test('the start page is dark for those who want it, and leads on by the side bar', async () => {
    await page.goto(address, { waitUntil: 'networkidle' })
    expect(await page.evaluate('document.documentElement.className')).toContain('dark')
    await page.locator('.VPSidebar').getByRole('link', { name: 'A salesperson', exact: true }).click()
    await page.getByRole('heading', { name: 'Your first hour: a salesperson', level: 1 }).waitFor()
    const loaded = '[...document.querySelectorAll(".vp-doc img")].every((one) => one.complete && one.naturalWidth > 0)'
    await page.waitForFunction(loaded)
  })

  test('the search finds a word of a page, without a server of its own', async () => {
    await page.goto(`${address}/docs/webhooks.html`, { waitUntil: 'networkidle' })
    await page.keyboard.press('/')
    await page.locator('.VPLocalSearchBox input').fill('Раздел')
    await page.locator('.VPLocalSearchBox .result', { hasText: 'Glossary' }).first().waitFor()
  })

  test('double braces are shown as they are written', async () => {
    await page.goto(`${address}/docs/scripts.html`, { waitUntil: 'networkidle' })
    expect(await page.locator('.vp-doc').innerText()).toContain('{{ advantages | join: ", " }}')
  })

  test('a phone has no sideways scrolling', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    for (const path of ['', '/docs/first-hour/controller.html', '/docs/glossary.html']) {
      await page.goto(address + path, { waitUntil: 'networkidle' })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    }
  })
})

test('neither pages nor styles name another host for a script, a font, a picture or a style', () => {
  const styles = filesIn(site, '.css').map((path) => readFileSync(join(site, path), 'utf8'))
  expect(styles.length).toBeGreaterThan(0)
  expect(styles.filter((style) => /(?:url\(|@import )["']?(?:https?:)?\/\//.test(style))).toEqual([])
  const loads = /<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?\/\/[^"]*"/
  const named = filesIn(site, '.html').filter((path) => loads.test(readFileSync(join(site, path), 'utf8')))
  expect(named).toEqual([])
})
