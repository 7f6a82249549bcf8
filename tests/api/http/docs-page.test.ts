import { describeWithBrowser } from '../../support/browser.ts'
import { openPage, type OpenPage } from '../../dashboard/src/open-page.ts'

const DRAWN = '[...document.querySelectorAll(".opblock-summary-path")].map((one) => one.dataset.path)'
const SCREEN_PX = 500
const SCREENS_MAX = 100

describeWithBrowser('the description of the API for people', () => {
  let open: OpenPage
  beforeAll(async () => {
    open = await openPage(() => Promise.resolve())
    await open.page.goto(`${open.address}/docs`)
  }, 60_000)
  afterAll(() => open.close())

  test('shows every path, and a request form, without another host and under the policy of all pages', async () => {
    const { page, address, complaints } = open
    const description = (await (await fetch(`${address}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    await page.locator('.opblock-summary-path').first().waitFor()
    const paths = Object.keys(description.paths)
    const shown = new Set<string>()
    // The page renders what is in view, and a little more.
    for (let screens = 0; shown.size < paths.length && screens < SCREENS_MAX; screens++) {
      for (const path of await page.evaluate<string[]>(DRAWN)) shown.add(path)
      await page.mouse.wheel(0, SCREEN_PX)
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
    }
    expect(shown).toEqual(new Set(paths))

    await page.evaluate('scrollTo(0, 0)')
    await page.getByPlaceholder('Filter by tag or path').fill('/health')
    await page.locator('[data-path="/health"]').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.locator('.live-responses-table .response-col_status', { hasText: '200' }).first().waitFor()
    if (process.env.SCORELINE_PICTURES) await page.screenshot({ path: `${process.env.SCORELINE_PICTURES}/docs.png` })
    expect(complaints).toEqual([])
  })
})
