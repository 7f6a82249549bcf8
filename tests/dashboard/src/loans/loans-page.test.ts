import { storeEstimates } from '../../../api/loans/stored-estimates.ts'
import { describeWithBrowser } from '../../../support/browser.ts'
import { waitFor } from '../../../support/services.ts'
import { expectAccessible } from '../accessible.ts'
import { openPage, type OpenPage } from '../open-page.ts'
import { takePicture } from '../take-picture.ts'

describeWithBrowser('the page of loans', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(({ database }) => storeEstimates(database))))
  afterAll(() => open.close())

  test('lists the potential customers, the highest expected use first, with reasons', async () => {
    const { page } = open
    await page.getByRole('navigation').getByRole('link', { name: 'Loans', exact: true }).click()
    const rows = page.getByRole('table', { name: 'Likely to need a loan' }).locator('tbody tr')
    await waitFor(async () => (await rows.count()) === 17, { what: 'the list' })
    expect(await rows.first().textContent()).toContain('Firm 40100.0 %')
    const link = rows.first().getByRole('link', { name: 'Firm 40' })
    expect(await link.getAttribute('href')).toBe('#/customers/l-40')
  })

  test('shows who comes and who goes when the threshold moves, and how good it would have been', async () => {
    const { page } = open
    await page.getByText('60.0 % is in force: 17 customers are on the list.').waitFor()
    const slider = page.getByRole('slider', { name: 'Try a threshold' })
    await slider.focus()
    for (let step = 0; step < 10; step++) await slider.press('ArrowLeft')
    await page.getByText('At 50.0 %: 21 customers instead of 17. 4 come, nobody goes.').waitFor()
    const coming = page.getByRole('table', { name: 'Who comes' }).locator('tbody tr')
    expect(await coming.allTextContents()).toEqual(['Firm 2357.5 %', 'Firm 2255.0 %', 'Firm 2152.5 %', 'Firm 2050.0 %'])
    await page.getByLabel('In per cent').fill('70')
    await page.getByText('At 70.0 %: 13 customers instead of 17. 4 go, nobody comes.').waitFor()
    await page.getByText('Of 13 customers whose use is known by now').waitFor()
    await page.getByText('10 did use that much (precision)').waitFor()
    await page.getByText('The same as a table').press('Enter')
    const table = page.getByRole('table', { name: 'Customers by threshold' }).locator('tbody tr')
    expect(await table.nth(9).textContent()).toBe('50.0 %2180.0 %100.0 %')
    await expectAccessible(open)
    await takePicture(open, 'loans')
  })

  test('a threshold is put in force with name and reason, which the history shows', async () => {
    const { page } = open
    const form = page.getByRole('region', { name: 'Change the threshold' })
    await form.getByLabel('Your name').fill('wang')
    await form.getByLabel('Reason').fill('More calls are possible')
    await page.getByLabel('In per cent').fill('50')
    await form.getByRole('button', { name: 'Put 50.0 % in force' }).press('Enter')
    await page.getByText('50.0 % is in force: 21 customers are on the list.').waitFor()
    const history = page.getByRole('region', { name: 'History' })
    await history.getByText('More calls are possible').waitFor()
    await history.getByText('Version 1').waitFor()
    expect(open.complaints).toEqual([])
  })
})

describeWithBrowser('the page of loans on a phone', () => {
  let open: OpenPage
  beforeAll(async () => {
    open = await openPage(({ database }) => storeEstimates(database), {}, { width: 360, height: 740 })
  })
  afterAll(() => open.close())

  test('fits the screen and is accessible', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/loans`)
    await page.getByText('Precision and recall by threshold').first().waitFor()
    await page.getByRole('cell', { name: 'Firm 40' }).or(page.getByText('Firm 40')).first().waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360)
    await expectAccessible(open)
    await takePicture(open, 'phone-loans')
  })
})
