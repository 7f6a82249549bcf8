/** Steps of a team lead on the campaigns page, with the keyboard. */
import { waitFor } from '../../../support/services.ts'
import type { OpenPage } from '../open-page.ts'
import { CAMPAIGN, campaignValue } from './stored-campaigns.ts'

export async function walkThroughCampaigns(
  open: OpenPage,
  picture: (open: OpenPage, name: string) => Promise<void>,
): Promise<void> {
  const { page, api, address } = open
  await page.evaluate('localStorage.clear()')
  await page.getByRole('navigation').getByRole('link', { name: 'Campaigns' }).click()
  const list = page.getByRole('region', { name: 'Campaigns' })
  await waitFor(async () => (await list.getByRole('link').count()) === 2, { what: 'both campaigns' })
  expect(await list.getByRole('listitem').locator('.tag').allTextContents()).toEqual(['Running', 'Ended'])
  await picture(open, 'campaigns')
  await list.getByRole('link', { name: CAMPAIGN }).press('Enter')
  const shown = page.getByRole('region', { name: CAMPAIGN })
  expect(page.url()).toBe(`${address}/#/campaigns/${CAMPAIGN}`)

  const steps = shown.getByRole('region', { name: 'Progress' }).getByRole('listitem')
  await waitFor(async () => (await steps.count()) === 4, { what: 'the funnel' })
  expect(await steps.locator('strong').allTextContents()).toEqual(['4', '2', '1', '1'])
  const refusals = shown.getByRole('region', { name: 'Why is nobody being called?' })
  await refusals.getByText('Already called as often as allowed: 1 customer').waitFor()
  await refusals.getByText('with the simulated time of the latest').waitFor()
  const queue = shown.getByRole('region', { name: 'Next to be called' }).getByRole('link')
  await waitFor(async () => (await queue.count()) === 3, { what: 'those who wait' })
  expect(await queue.first().textContent()).toMatch(/王秀英.*expected value 180.*due now.*10:00–11:00/)
  expect(await queue.nth(1).textContent()).toMatch(/李伟.*may not be called now, next attempt 15 Jun 2026/)
  const calls = shown.getByRole('region', { name: 'Latest calls' }).getByRole('listitem')
  await waitFor(async () => (await calls.count()) === 2, { what: 'the calls' })
  expect(await calls.locator('.tag').allTextContents()).toEqual(['Converted', 'Busy'])
  await shown.getByText('1.3 calls per waiting agent, at most 4.').waitFor()
  await shown.getByText('0.0 % of calls answered by a person').waitFor()
  await refusals.getByText('1 hour', { exact: true }).click()
  await refusals.getByText('No calls were refused in this period.').waitFor()
  await picture(open, 'campaign')

  await shown.getByRole('button', { name: 'Pause' }).press('Enter')
  await shown.getByText('Enter your name first').waitFor()
  await page.keyboard.type('wang')
  await page.keyboard.press('Enter')
  await refusals.getByText('The campaign is paused, so nobody is called.').waitFor()
  await shown.getByText('Last changed by wang').waitFor()
  await list.getByText('Paused').waitFor()
  const payload = { ...campaignValue, state: 'paused', description: 'Loans for the winter', changedBy: 'li' }
  const headers = { 'if-match': '"2"' }
  const readAgain = await holdReading(open)
  const other = await api.server.inject({ method: 'PUT', url: `/campaigns/${CAMPAIGN}`, headers, payload })
  expect(other.statusCode).toBe(200)
  await shown.getByRole('button', { name: 'Resume' }).press('Enter')
  await shown.getByText('Somebody else changed it in the meantime').waitFor()
  readAgain()
  await shown.getByText('Loans for the winter').waitFor()
  expect(open.complaints.splice(0)).toEqual([expect.stringContaining('412')])
  await shown.getByRole('button', { name: 'Resume' }).press('Enter')
  await shown.getByText('Running again.').waitFor()
  const set = await api.server.inject({ url: `/campaigns/${CAMPAIGN}` })
  expect(set.json()).toMatchObject({
    ...{ version: 4, state: 'running', description: 'Loans for the winter', pacing: 'predictive', changedBy: 'wang' },
  })
  await queue.first().press('Enter')
  await page.getByRole('region', { name: '王秀英' }).waitFor()
  await page.goBack()
  await waitFor(() => Promise.resolve(page.url() === `${address}/#/campaigns/${CAMPAIGN}`), { what: 'the campaign' })
}

/** Stops the page’s periodic reading until the returned function is called, so that it misses changes by others. */
async function holdReading({ page }: OpenPage): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(`**/campaigns/${CAMPAIGN}`, async (route) => {
    if (route.request().method() === 'GET') await promise
    await route.continue()
  })
  return resolve
}

/** Opens the list and one of its campaigns, and waits until they are complete. */
export async function openCampaign({ page, address }: OpenPage): Promise<void> {
  await page.goto(`${address}/#/campaigns`)
  await page.getByText('Ended').waitFor()
  await page.getByRole('link', { name: CAMPAIGN }).click()
  await page.getByText('Already called as often as allowed').waitFor()
  await page.getByText('of calls answered by a person').waitFor()
}

export async function openMissingCampaign(open: OpenPage): Promise<void> {
  await open.page.goto(`${open.address}/#/campaigns`)
  await open.page.getByText('There are no campaigns yet.').waitFor()
  await open.page.goto(`${open.address}/#/campaigns/nothing`)
  await open.page.getByText('There is no campaign "nothing".').waitFor()
  expect(open.complaints.splice(0)).toEqual([expect.stringContaining('404')])
}
