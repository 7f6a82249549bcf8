import { describeWithBrowser } from '../../support/browser.ts'
import { openPage, type OpenPage } from '../../dashboard/src/open-page.ts'

describeWithBrowser('the description of the API for people', () => {
  let open: OpenPage
  beforeAll(async () => {
    open = await openPage(() => Promise.resolve())
    await open.page.goto(`${open.address}/docs`)
  }, 60_000)
  afterAll(() => open.close())

  test('shows every path, and a request to try, without another host and under the policy of all pages', async () => {
    const { page, address, complaints } = open
    const description = (await (await fetch(`${address}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>
    }
    await page.locator('.opblock-summary-path').last().waitFor()
    const shown = await page.evaluate<string[]>(
      '[...document.querySelectorAll(".opblock-summary-path")].map((one) => one.dataset.path)',
    )
    expect(new Set(shown)).toEqual(new Set(Object.keys(description.paths)))

    await page.locator('[data-path="/health"]').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByRole('button', { name: 'Execute' }).click()
    await page.locator('.live-responses-table .response-col_status', { hasText: '200' }).first().waitFor()
    if (process.env.SCORELINE_PICTURES) await page.screenshot({ path: `${process.env.SCORELINE_PICTURES}/docs.png` })
    expect(complaints).toEqual([])
  })
})
