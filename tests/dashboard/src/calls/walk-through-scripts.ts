/** Steps of a team lead on the page of scripts. */
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import type { OpenPage } from '../open-page.ts'

export async function walkThroughScripts(
  open: OpenPage,
  picture: (open: OpenPage, name: string) => Promise<void>,
): Promise<void> {
  const { page, api, address } = open
  await page.evaluate('localStorage.clear()')
  await page.getByRole('navigation').getByRole('link', { name: 'Scripts', exact: true }).click()
  const groups = page.getByRole('region', { name: 'Results by target group' })
  const rows = groups.getByRole('table').locator('tbody tr')
  await waitFor(async () => (await rows.count()) === 2, { what: 'both scripts' })
  expect(await rows.first().textContent()).toMatch(
    /any-product-en, built-in version In use.*200.*30\.0 % \(24\.\d % to/,
  )
  await page.getByText('too few calls').first().waitFor()
  const decisions = page.getByRole('region', { name: 'Retired and restored' })
  await decisions.getByText('6 of 200 calls converted (3.0 %), 0.0 % likely to be the best').waitFor()
  await decisions.getByText('Compared with any-product-en, built-in version: 60 of 200').waitFor()
  await page.getByRole('region', { name: 'Results of all calls' }).getByText('4 (200)').first().waitFor()
  await expectAccessible(open)
  await picture(open, 'script-results')

  await rows.nth(1).getByRole('button', { name: 'Restore second-en, version 1' }).press('Enter')
  const restoring = page.getByRole('region', { name: 'Restore second-en, version 1' })
  await restoring.getByRole('button', { name: 'Restore' }).click()
  await restoring.getByText('Enter your name: it is recorded.').waitFor()
  await restoring.getByLabel('Your name').fill('wang')
  await restoring.getByLabel('Why it is restored').fill('The season is over')
  await restoring.getByRole('button', { name: 'Restore' }).click()
  await restoring.getByText('Restored.').waitFor()
  expect(api.published.at(-1)).toMatchObject({
    events: [{ template: 'second-en', decision: 'restored', decidedBy: 'wang', reason: 'The season is over' }],
  })

  const sections = page.getByRole('navigation', { name: 'Scripts' })
  await sections.getByRole('link', { name: 'What if' }).press('Enter')
  expect(page.url()).toBe(`${address}/#/scripts/what-if`)
  const estimates = page.getByRole('table', { name: 'Conversion rates if every call' }).locator('tbody tr')
  await waitFor(async () => (await estimates.count()) === 2, { what: 'the estimates' })
  expect(await estimates.locator('.tag').allTextContents()).toEqual(['Would convert more', 'Would convert less'])
  await page.locator('summary', { hasText: 'All three estimators' }).press('Enter')
  await expectAccessible(open)
  await picture(open, 'script-estimates')

  await sections.getByRole('link', { name: 'Templates' }).click()
  await page.getByRole('link', { name: /^second-en/ }).click()
  await page.getByRole('region', { name: 'second-en' }).getByText('Good day, {{ name }}.').waitFor()
  await picture(open, 'script-template')
  await reviewScript(open, picture)
  await decideRevision(open, picture)
}

async function reviewScript(open: OpenPage, picture: (open: OpenPage, name: string) => Promise<void>): Promise<void> {
  const { page, address } = open
  await page.goto(`${address}/#/scripts/database`)
  const list = page.getByRole('region', { name: 'Scripts in use' })
  const line = list.getByRole('link', { name: /Given to/ }).last()
  const href = await line.getAttribute('href')
  await line.press('Enter')
  await waitFor(() => Promise.resolve(page.url().endsWith(href ?? '?')), { what: 'the script' })
  await page.getByLabel('Customer, by name or id').fill('c-2')
  await page.getByLabel('Customer, by name or id').press('Enter')
  await page.getByRole('region', { name: 'Preview with a customer' }).getByText('Good day, 李伟.').waitFor()
  const review = page.getByRole('region', { name: 'Review', exact: true })
  await review.getByLabel('Reason (optional)').fill('Checked')
  await review.getByRole('button', { name: 'Approve' }).click()
  await review.getByText('wang,').waitFor()
  await list.locator('.tag', { hasText: 'Approved' }).waitFor()
  await expectAccessible(open)
  await picture(open, 'script')
}

async function decideRevision(open: OpenPage, picture: (open: OpenPage, name: string) => Promise<void>): Promise<void> {
  const { page } = open
  await page.getByRole('navigation', { name: 'Scripts' }).getByRole('link', { name: 'Wordings that confuse' }).click()
  const proposal = page.getByRole('region', { name: 'Offer in any-product-en, built-in version' })
  await proposal.getByText(/Not understood in 20 of 6\d calls, 3/).waitFor()
  await proposal.getByText('“What do you mean?”').waitFor()
  await expectAccessible(open)
  await picture(open, 'script-revision')
  await proposal.getByLabel('New wording').fill('We have something new: {{ nonsense }}.')
  await proposal.getByLabel('Reason of the decision').fill('Clearer')
  await proposal.getByRole('button', { name: 'Accept the new wording' }).click()
  await proposal.getByText('nonsense').last().waitFor()
  expect(open.complaints.splice(0)).toEqual([expect.stringContaining('400')])
  await proposal.getByLabel('New wording').fill('This is new: {{ product }}.')
  await proposal.getByRole('button', { name: 'Accept the new wording' }).click()
  await page.getByRole('region', { name: 'Decided' }).getByText('Accepted as version 1').waitFor()
  await page.goBack()
  await page.getByRole('region', { name: 'Preview with a customer' }).waitFor()
}
