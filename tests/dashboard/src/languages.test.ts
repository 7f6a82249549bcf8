import type { Page } from 'playwright-core'
import { en } from '../../../dashboard/src/words/en/en.ts'
import { ru } from '../../../dashboard/src/words/ru/ru.ts'
import { zh } from '../../../dashboard/src/words/zh/zh.ts'
import type { ApiUnderTest } from '../../api/api-under-test.ts'
import { NOW } from '../../api/stored-world.ts'
import { describeWithBrowser } from '../../support/browser.ts'
import { waitFor } from '../../support/services.ts'
import { expectAccessible } from './accessible.ts'
import { CAMPAIGN, storeCampaigns } from './calls/stored-campaigns.ts'
import { storeDesk } from './calls/stored-desk.ts'
import { storeLiveCall, storeScripts } from './calls/stored-scripts.ts'
import { openPage, type OpenPage } from './open-page.ts'
import { storeSettings } from './operations/settings/stored-settings.ts'
import { storeCases } from './visits/cases/stored-cases.ts'
import { storeWorldWithModel } from './world-with-model.ts'

const languages = { en, ru, zh }
type Language = keyof typeof languages

/** Addresses of all pages, with an item opened where a page has items. */
const PAGES = [
  ...[
    '',
    'today',
    'today/s-1',
    'cases',
    'cases/k1',
    'campaigns',
    `campaigns/${CAMPAIGN}`,
    'live-calls',
    'live-calls/live-1',
    'desks',
  ],
  ...['desks/sales', 'scripts', 'scripts/what-if', 'scripts/templates', 'scripts/templates/second-en'],
  ...['scripts/database', 'scripts/revisions', 'loans', 'models', 'models/conversion', 'stream'],
  ...[
    'stream/topology/conversion',
    'stream/dead-letters',
    'stream/dead-letters/letter-1',
    'stream/tail',
    'stream/tail/visits',
  ],
  ...['customers', 'customers/c-1', 'customers/c-1/scores', 'customers/c-1/features', 'customers/c-1/visits'],
  'customers/c-1/call',
  'customers/c-1/what-if',
  ...['settings', 'settings/kinds/thresholds', 'settings/kinds/thresholds/loan-demand'],
  ...['settings/kinds/policies/visit-assessment', 'settings/keys', 'settings/changes'],
]
/** Names and abbreviations that are the same in every language. */
const NAMES =
  /Scoreline|English|API|AUC|RMSE|IPS|SNIPS|NONE|EVALUATION|ACTIVE|Ctrl|Enter|Esc|copied-text|[a-zA-Z]+\.[a-zA-Z0-9.]+/g

/** What a browser asks of a text on the page: visible, not data of the API, not marked as being in another language. */
const SHOWN_TEXTS = `(() => {
  const foreign = (element) => element.closest('[lang]:not(html), code, kbd, select.language, .text') !== null
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode
    if (!['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName) && !foreign(element)) texts.push(textContent)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder]'))
    if (!foreign(element)) texts.push(element.getAttribute('aria-label') ?? element.getAttribute('placeholder'))
  return texts
})()`

/** Returns a function that returns every text that the API has answered with until now: that is data. */
function followData(page: Page): () => Promise<string> {
  const data = new Set<string>()
  const pending: Promise<void>[] = []
  const add = (value: unknown): void => {
    if (typeof value === 'string') data.add(asWords(value))
    else if (value !== null && typeof value === 'object') for (const pair of Object.entries(value)) pair.forEach(add)
  }
  page.on('response', (response) => {
    const isJson = (response.headers()['content-type'] ?? '').startsWith('application/json')
    if (isJson) pending.push(response.json().then(add, () => {}))
  })
  return async () => {
    await Promise.all(pending)
    return [...data].join('\n')
  }
}

/** Returns a text as the page shows names: `auto-loan` as “auto loan”. */
function asWords(text: string): string {
  return text.toLowerCase().replaceAll(/[-_]/g, ' ')
}

/** Returns the shown runs of Latin words that are no data. */
async function englishLeft(page: Page, knownData: () => Promise<string>): Promise<string[]> {
  const texts = await page.evaluate<string[]>(SHOWN_TEXTS)
  const known = await knownData()
  const runs = texts.flatMap((text) => text.replaceAll(NAMES, '|').match(/[A-Za-z][A-Za-z0-9_'’ -]*/g) ?? [])
  return [...new Set(runs)].filter((run) => /[A-Za-z]{3}/.test(run) && !known.includes(asWords(run).trim()))
}

async function fill(api: ApiUnderTest): Promise<void> {
  await storeWorldWithModel(api)
  await storeCampaigns(api)
  await storeDesk(api)
  await storeSettings(api)
  await storeScripts(api)
  await storeLiveCall(api, 'live-1', ['Yes?', 'That is too expensive anyway'])
  await (await storeCases(api.database)).stop()
}

const isLoading = (texts: (typeof languages)[Language]) =>
  Object.values(texts)
    .flatMap((own) => Object.values(own))
    .filter((text) => text.endsWith('…') || text.endsWith(' …'))

async function visit(open: OpenPage, address: string, language: Language): Promise<void> {
  await open.page.goto(`${open.address}/#/${address}`)
  const loading = isLoading(languages[language])
  // Chinese says as much in half the characters.
  const characters = language === 'zh' ? 20 : 40
  const isReady = async () => {
    const text = await open.page.locator('main').innerText()
    return text.length > characters && !loading.some((one) => text.includes(one))
  }
  await waitFor(isReady, { what: `${address} in ${language}` })
}

describeWithBrowser('the page in three languages', () => {
  test.each([
    ['en', 1480],
    ['en', 360],
    ['ru', 1480],
    ['ru', 360],
    ['zh', 1480],
    ['zh', 360],
  ] as const)(
    '%s at %i px: every page is complete, accessible and no wider than the screen',
    async (language, width) => {
      const open = await openPage(fill, { simulatedClock: () => ({ now: NOW, speed: 60 }) }, { width, height: 900 })
      const { page } = open
      const data = followData(page)
      try {
        await page.getByRole('combobox', { name: en.page.language }).selectOption(language)
        await waitFor(async () => (await page.locator('html').getAttribute('lang')) === language, { what: language })
        await page.reload()
        await page.getByRole('combobox', { name: languages[language].page.language }).waitFor()
        for (const address of PAGES) {
          await visit(open, address, language)
          expect({ address, width: await page.evaluate('document.documentElement.scrollWidth') }).toEqual({
            address,
            width,
          })
          if (language !== 'en') expect({ address, left: await englishLeft(page, data) }).toEqual({ address, left: [] })
          if (width === 1480) await expectAccessible(open)
        }
        expect(open.complaints).toEqual([])
      } finally {
        await open.close()
      }
    },
    180_000,
  )

  test('the first language of the browser is shown until another is chosen', async () => {
    const open = await openPage(fill)
    const context = await open.page.context().browser()!.newContext({ locale: 'ru-RU' })
    try {
      const page = await context.newPage()
      await page.goto(open.address)
      await page.getByRole('heading', { name: ru.visits.whomToVisitFirst }).waitFor()
      await page.getByRole('combobox', { name: ru.page.language }).selectOption('zh')
      await page.getByRole('heading', { name: zh.visits.whomToVisitFirst }).waitFor()
      expect(await page.title()).toBe('Scoreline')
      await page.goto(`${open.address}/#/cases`)
      await page.reload()
      await page.getByRole('heading', { name: zh.cases.cases, exact: true }).waitFor()
    } finally {
      await context.close()
      await open.close()
    }
  })
})
