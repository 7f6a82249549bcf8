/** Serves the built page by the real API, over a database with a small world, in a real browser. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { ApiPorts } from '../../../api/ports.ts'
import { apiUnderTest, type ApiUnderTest } from '../../api/api-under-test.ts'
import { CHROMIUM_FLAGS, chromiumPath } from '../../support/browser.ts'

const DIST = join(import.meta.dirname, '../../../dashboard/dist')

export interface OpenPage {
  readonly api: ApiUnderTest
  readonly page: Page
  readonly address: string
  /** Errors on the page’s console, and requests to addresses outside the API; there must be none. */
  readonly complaints: string[]
  close(): Promise<void>
}

export async function openPage(
  fill: (api: ApiUnderTest) => Promise<void>,
  overrides: Partial<ApiPorts> = {},
  { dark = false, width = 1480, height = 900 } = {},
): Promise<OpenPage> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('The page is not built: run `npm run build:dashboard`.')
  const api = await apiUnderTest({ pageDirectory: DIST, ...overrides })
  await fill(api)
  const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS })
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complaints.push(`asks for ${request.url()}`)
  })
  await page.goto(address)
  return {
    api,
    page,
    address,
    complaints,
    async close() {
      await browser.close()
      await api.close()
    },
  }
}
