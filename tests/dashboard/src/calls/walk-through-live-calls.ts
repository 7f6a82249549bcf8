/** Steps of an agent on the page of live calls, beside a call that a call system leads. */
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import type { OpenPage } from '../open-page.ts'
import { storeLiveCall, storeSteps } from './stored-scripts.ts'

export async function walkThroughLiveCalls(
  open: OpenPage,
  picture: (open: OpenPage, name: string) => Promise<void>,
): Promise<void> {
  const { page, api, address } = open
  await storeLiveCall(api, 'live-1', ['Yes?', 'That is too expensive anyway'])
  await page.getByRole('navigation').getByRole('link', { name: 'Live calls' }).click()
  const list = page.getByRole('region', { name: 'Calls going on' })
  await list.getByRole('link', { name: /王秀英.*In conversation.*2 turns of the customer/ }).press('Enter')
  expect(page.url()).toBe(`${address}/#/live-calls/live-1`)
  const call = page.getByRole('region', { name: 'Call with 王秀英' })
  const sayNow = page.getByRole('region', { name: 'Say now' })
  await sayNow.getByText('Then listen to the customer.').waitFor()
  const conversation = call.getByRole('region', { name: 'The conversation' })
  await conversation.getByText('That is too expensive anyway').waitFor()
  await conversation.getByText('objects: price', { exact: true }).waitFor()
  const script = call.getByRole('region', { name: 'The script' })
  expect((await script.locator('ol .tag').allTextContents()).slice(0, 2)).toEqual(['Said', 'Said'])
  await script.locator('ul li', { hasText: 'Price' }).getByText('Said').waitFor()
  await expectAccessible(open)
  await picture(open, 'live-call')

  // A call by hand.
  const start = page.getByRole('region', { name: 'Start a call by hand' })
  await start.getByRole('button', { name: 'Start the call' }).click()
  await start.getByText('Enter the customer.').waitFor()
  await start.getByLabel('Customer, by name or id').fill('c-2')
  await start.getByLabel('Language').selectOption('en')
  await start.getByRole('button', { name: 'Start the call' }).click()
  const own = page.getByRole('region', { name: 'Call with 李伟' })
  await own.getByRole('region', { name: 'Say now' }).getByText('Good day, 李伟').waitFor()
  const field = own.getByLabel('What the customer says')
  await field.fill('Yes?')
  await field.press('Enter')
  await own.getByRole('region', { name: 'Say now' }).getByText('Word for word').waitFor()
  await own.getByRole('button', { name: 'Says nothing' }).click()
  await own.getByText('The customer says nothing.').first().waitFor()
  await field.fill('And what is it about?')
  await field.press('Enter')
  await list.getByRole('link', { name: /李伟.*2 turns of the customer/ }).waitFor()
  await storeSteps(api)
  await own.getByText('And what is it about?').waitFor()
  await own.getByRole('combobox', { name: 'How the call ended' }).selectOption('customer hung up')
  await own.getByRole('button', { name: 'End the call' }).click()
  await own.getByRole('heading', { name: 'The call is over' }).waitFor()
  await waitFor(async () => (await list.getByRole('link').count()) === 1, { what: 'one call going on' })
  await page.goBack()
  await call.waitFor()
}
