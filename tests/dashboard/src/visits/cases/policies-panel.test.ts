/** Tests what a controller does beside single cases: bulk acts, snoozes and policies. */
import type { CarriedCases } from '../../../../api/visits/carried-cases.ts'
import { describeWithBrowser } from '../../../../support/browser.ts'
import { waitFor } from '../../../../support/services.ts'
import { openPage, type OpenPage } from '../../open-page.ts'
import { storeCases } from './stored-cases.ts'

describeWithBrowser('the page of cases', () => {
  let open: OpenPage
  let carried: CarriedCases
  beforeAll(async () => {
    const fill = async ({ database }: OpenPage['api']) => void (carried = await storeCases(database))
    open = await openPage(fill, {}, { width: 1280 })
  }, 60_000)
  afterAll(async () => {
    await carried.stop()
    await open.close()
  })

  test('chosen cases are dismissed with one note; alerts are snoozed and a policy is tried, activated and taken back', async () => {
    const { page, api, address } = open
    await page.goto(`${address}/#/cases`)
    const queue = page.getByRole('region', { name: 'Cases', exact: true })
    await queue.getByRole('combobox', { name: 'Status of the cases' }).selectOption('undecided')
    await queue.getByRole('button', { name: 'Select' }).press('Enter')
    await queue.getByRole('checkbox', { name: 'Select the visit k3' }).press('Space')
    const bulk = queue.getByRole('region', { name: 'Selected cases' })
    await bulk.getByRole('button', { name: 'Dismiss 1' }).click()
    await bulk.getByText('Enter your name').waitFor()
    await bulk.getByLabel('Your name').fill('wang')
    await bulk.getByLabel('One note for all').fill('All of them were at the fair.')
    await bulk.getByRole('button', { name: 'Dismiss 1' }).click()
    await bulk.getByText('1 dismissed.').waitFor()
    await waitFor(async () => (await queue.getByRole('link').count()) === 2, { what: 'the case to leave the queue' })
    const label = await api.server.inject({ url: '/case-labels' })
    expect(label.json()).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ visitId: 'k3' })]) })

    const snoozes = page.getByRole('region', { name: 'Snoozes' })
    await snoozes.getByLabel('Rule').fill('copied-text')
    await snoozes.getByLabel('Their ids').fill('s-1, s-2')
    await snoozes.getByLabel('Reason').fill('They write up one fair.')
    await snoozes.getByRole('button', { name: 'Snooze' }).click()
    await snoozes.getByText('2 snoozed until').waitFor()
    const standing = snoozes.getByRole('checkbox')
    await waitFor(async () => (await standing.count()) === 2, { what: 'both snoozes' })
    await standing.first().check()
    await snoozes.getByRole('button', { name: 'End 1' }).click()
    await waitFor(async () => (await standing.count()) === 1, { what: 'the other snooze alone' })

    const policies = page.getByRole('region', { name: 'Policies' })
    await policies.getByRole('button', { name: 'Roll back' }).click()
    await policies.getByText('Enter the reason').waitFor()
    await policies.getByLabel('Reason for the change').fill('To try it.')
    await policies.getByRole('button', { name: 'Roll back' }).click()
    await policies.getByText('there is nothing to go back to').waitFor()
    expect(open.complaints.splice(0)).toEqual([expect.stringContaining('409')])
    const value = { rules: [], evidence: [], falseFrom: 0.6, invalidFrom: 0.5, sharedDevices: [] }
    const payload = { ...value, changedBy: 'li', reason: 'Fewer doubts', force: true }
    const headers = { 'if-match': '"0"' }
    await api.server.inject({ method: 'PUT', url: '/policies/visit-assessment', headers, payload })
    await page.reload()
    await policies.getByText('li, ').waitFor()
    await policies.getByRole('button', { name: 'Back-test version 1' }).click()
    await policies.getByText(/Version 1 on \d+ visits? of 7 days: 0 new flags/).waitFor()
    await policies.getByLabel('Reason for the change').fill('Too many doubts after all.')
    await policies.getByRole('button', { name: 'Roll back' }).click()
    await policies.getByText('The previous policy is active again.').waitFor()
    await policies.getByText('Version 2', { exact: true }).waitFor()
    expect(open.complaints).toEqual([])
  })
})
