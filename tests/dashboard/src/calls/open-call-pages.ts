import type { OpenPage } from '../open-page.ts'

/** Opens the pages of scripts, live calls and desks one after another, each complete; yields a name of each. */
export async function* openCallPages({ page, address }: OpenPage): AsyncGenerator<string> {
  const pages: readonly (readonly [path: string, shown: string])[] = [
    ['scripts', 'Compared with any-product-en'],
    ['scripts/what-if', 'Would convert less'],
    ['scripts/templates/second-en', 'Good day, {{ name }}.'],
    ['scripts/database', 'Given to'],
    ['scripts/revisions', 'Not understood in'],
    ['live-calls', 'of the customer'],
    ['live-calls/live-1', 'That is too expensive anyway'],
    ['desks', '1 call waits'],
    ['desks/sales', 'All who can take it are busy.'],
  ]
  for (const [path, shown] of pages) {
    await page.goto(`${address}/#/${path}`)
    await page.getByText(shown).first().waitFor()
    if (path === 'scripts/database') {
      await page
        .getByRole('link', { name: /Given to/ })
        .first()
        .click()
      await page.getByRole('region', { name: 'Preview with a customer' }).waitFor()
    }
    if (path === 'desks/sales') await page.locator('summary').first().click()
    yield path.replaceAll('/', '-')
  }
}

export async function openEmptyCallPages({ page, address, complaints }: OpenPage): Promise<void> {
  const empty: readonly (readonly [path: string, shown: string])[] = [
    ['scripts', 'No call has been given a script yet.'],
    ['scripts/what-if', 'No call with a chosen script has a known outcome yet.'],
    ['scripts/database', 'No script was needed yet.'],
    ['scripts/revisions', 'No wording confuses many callers.'],
    ['live-calls', 'No calls are going on.'],
    ['desks', 'No desk is at work.'],
  ]
  for (const [path, shown] of empty) {
    await page.goto(`${address}/#/${path}`)
    await page.getByText(shown).waitFor()
  }
  const missing: readonly (readonly [path: string, shown: string])[] = [
    ['scripts/templates/nothing', 'There is no script template "nothing".'],
    ['scripts/database/nothing', 'There is no script "nothing".'],
    ['live-calls/nothing', 'There is no session of a call "nothing"'],
    ['desks/nothing', 'The desk nothing is unknown'],
  ]
  for (const [path, shown] of missing) {
    await page.goto(`${address}/#/${path}`)
    await page.getByText(shown).waitFor()
    for (const complaint of complaints.splice(0)) expect(complaint).toContain('404')
  }
}
