/** Steps of a team lead on the desks page. */
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import type { OpenPage } from '../open-page.ts'

export async function walkThroughDesks(
  open: OpenPage,
  picture: (open: OpenPage, name: string) => Promise<void>,
): Promise<void> {
  const { page, address } = open
  await page.getByRole('navigation').getByRole('link', { name: 'Desks' }).click()
  const list = page.getByRole('region', { name: 'Desks' })
  await list.getByText('1 call waits for 1 min 37 s').waitFor()
  await list.getByText('EVALUATION: scores on trial').waitFor()
  await list.getByRole('link', { name: 'sales' }).press('Enter')
  const desk = page.getByRole('region', { name: 'sales' })
  expect(page.url()).toBe(`${address}/#/desks/sales`)

  const queue = desk.getByRole('table', { name: 'Calls at the desk' }).locator('tbody tr')
  await waitFor(async () => (await queue.count()) === 3, { what: 'three calls' })
  expect(await queue.locator('.tag').allTextContents()).toEqual(['Waits', 'Offered', 'Accepted'])
  expect(await queue.first().textContent()).toMatch(/^Nadja Petrova.*All who can take it are busy\./)
  const agents = desk.getByRole('table', { name: 'Agents at work' }).locator('tbody tr')
  expect(await agents.first().textContent()).toMatch(/annAvailable1 of 1loans.*loan 90.0 %/)
  await desk.getByText('The agent who has been free longest gets the call. The scores').waitFor()

  const decisions = desk.getByRole('region', { name: 'Latest decisions' })
  const scores = decisions.locator('summary').last()
  await scores.press('Enter')
  const ann = decisions.getByRole('table', { name: 'Scores: Agent' }).last().locator('tbody tr').first()
  expect(await ann.textContent()).toMatch(/^ann0\.\d{3}90.0 %100.0 %50.0 %no$/)
  await expectAccessible(open)
  await picture(open, 'desk')
  await page.goBack()
  await waitFor(() => Promise.resolve(page.url() === `${address}/#/desks`), { what: 'the list of desks' })
}
