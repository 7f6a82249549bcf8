import { makeKey } from '../../../../../api/access/make-key.ts'
import { builtInRoles } from '../../../../../api/access/roles.ts'
import { readFileSync } from 'node:fs'
import { requiredAccess } from '../../../../api/api-under-test.ts'
import { describeWithBrowser } from '../../../../support/browser.ts'
import { waitFor } from '../../../../support/services.ts'
import { expectAccessible } from '../../accessible.ts'
import { openPage, type OpenPage } from '../../open-page.ts'
import { takePicture } from '../../take-picture.ts'
import { storeSettings } from './stored-settings.ts'

describeWithBrowser('the page of settings', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(storeSettings)))
  afterAll(() => open.close())

  test('lists what can be set, with the latest change, and the settings of a kind', async () => {
    const { page } = open
    await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).first().click()
    const line = page.getByRole('listitem').filter({ hasText: 'From which probability on a task acts' })
    await line.getByText('Too few').waitFor()
    await expectAccessible(open)
    await takePicture(open, 'settings')
    await line.getByRole('link').click()
    const rows = page.getByRole('table', { name: 'Threshold' }).locator('tbody tr')
    await rows.filter({ hasText: 'loan-demand' }).filter({ hasText: 'Too few' }).waitFor()
    await rows.filter({ hasText: 'recommendation' }).filter({ hasText: 'Built-in default' }).waitFor()
    await page.getByRole('link', { name: 'loan-demand' }).click()
    expect(await page.evaluate('location.hash')).toBe('#/settings/kinds/thresholds/loan-demand')
  })

  test('one setting: its value, and what each version changed', async () => {
    const { page } = open
    await page.getByText('What changed from version 1 to 2').waitFor()
    const rows = page.getByRole('table', { name: 'Differences' }).locator('tbody tr')
    expect(await rows.allTextContents()).toEqual(['value0.70.65'])
    await page.getByRole('button', { name: 'Version 1' }).click()
    await page.getByRole('heading', { name: 'Version 1' }).waitFor()
    await expectAccessible(open)
    await takePicture(open, 'settings-one')
  })

  test('an edit states name and reason; what the API finds wrong is shown beside the editor', async () => {
    const { page } = open
    const form = page.getByRole('region', { name: 'Change it' })
    const put = form.getByRole('button', { name: 'Put in force' })
    await form.getByLabel('Your name').fill('wang')
    await form.getByLabel('Reason').fill('Back to more calls')
    await form.getByLabel('Value').fill('{"value": 0.6')
    await put.click()
    await form.getByText('The value can’t be read.').waitFor()
    await form.getByLabel('Value').fill('{"value": 7}')
    await put.click()
    await form.getByText('/value').waitFor()
    await form.getByLabel('Value').fill('{"value": 0.6}')
    await put.click()
    await form.getByText('Version 3 is in force.').waitFor()
    await page.getByText('Back to more calls').first().waitFor()
  })

  test('a new setting begins with another of its kind', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/settings/kinds/products`)
    await page.getByLabel('Name of a new one').fill('gold/card')
    await page.getByRole('button', { name: 'Write it' }).click()
    const form = page.getByRole('region', { name: 'Set a value' })
    await form.getByLabel('Reason').fill('A new card')
    await form.getByRole('button', { name: 'Put in force' }).click()
    await page.getByRole('heading', { name: 'Version 1' }).waitFor()
    await page
      .getByRole('link', { name: 'All: Product' })
      .or(page.getByRole('link', { name: 'Product' }))
      .first()
      .click()
    await page.getByRole('table', { name: 'Product' }).getByRole('link', { name: 'gold/card' }).waitFor()
  })

  test('keys are listed and revoked; with open access the API says why it makes none', async () => {
    const { page, address, api } = open
    await page.goto(`${address}/#/settings/keys`)
    const row = page.getByRole('table', { name: 'API keys' }).locator('tbody tr').filter({ hasText: 'crm' })
    await row.getByText('machine').waitFor()
    await expectAccessible(open)
    await takePicture(open, 'settings-keys')
    await page.getByLabel('Holder').fill('eve')
    await page.getByLabel('Roles').fill('viewer')
    await page.getByRole('button', { name: 'Make', exact: true }).click()
    await page.getByText('Access is open, so anybody could make a key here.').waitFor()
    await row.getByRole('button', { name: 'Revoke the key of crm' }).click()
    await row.getByText('Revoked').waitFor()
    const { rows } = await api.database.pool.query('select revoked_by from api_keys')
    expect(rows).toEqual([{ revoked_by: 'wang' }])
  })

  test('changes are listed with before and after, filtered and exported', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/settings/changes`)
    const lines = page.getByRole('list').last().locator('li.change')
    await waitFor(async () => (await lines.count()) === 6, { what: 'the changes' })
    const person = page.getByRole('combobox', { name: 'Person' })
    await person.fill('li')
    await person.press('Enter')
    await waitFor(async () => (await lines.count()) === 2, { what: 'those of one person' })
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Product')
    await page.getByText('There are no such changes.').waitFor()
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Threshold')
    await lines.first().getByText('Before and after').click()
    await lines.first().getByRole('table', { name: 'Differences' }).getByText('0.65').waitFor()
    await expectAccessible(open)
    await takePicture(open, 'settings-changes')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export as a table' }).click(),
    ])
    expect(
      readFileSync(await file.path(), 'utf8')
        .trim()
        .split('\r\n'),
    ).toHaveLength(3)
    // Refused edits and the refused key are reported by the browser, and expected.
    expect(open.complaints.filter((one) => !/status of (400|409)/.test(one))).toEqual([])
  })
})

describeWithBrowser('the page of settings with required access', () => {
  let open: OpenPage
  const keys: Record<string, string> = {}
  beforeAll(async () => {
    open = await openPage(
      async (api) => {
        await storeSettings(api)
        for (const role of ['administrator', 'salesperson', 'viewer']) {
          const salespersonId = role === 'salesperson' ? 's-1' : null
          const wanted = { name: `the ${role}`, roles: [role], salespersonId, teamId: null, days: 1, createdBy: 'IT' }
          keys[role] = (await makeKey(api.database, wanted)).text
        }
      },
      { access: requiredAccess(builtInRoles) },
      { width: 360, height: 740 },
    )
  })
  afterAll(() => open.close())

  const signIn = async (role: string, section: string) => {
    const { page, address } = open
    await page.goto(address)
    await page.evaluate((key) => sessionStorage.setItem('scoreline-credential', key), keys[role]!)
    await page.goto(`${address}/#/settings/${section}`)
    await page.reload()
  }

  test('who lacks a right reads so in a sentence', async () => {
    const { page } = open
    await signIn('salesperson', 'kinds')
    await page.getByText('Your key may not see settings.').waitFor()
    await signIn('salesperson', 'changes')
    await page.getByText('Your key may not see changes.').waitFor()
    await signIn('viewer', 'keys')
    await page.getByText('Only administrators see and make keys.').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  test('an administrator makes a key, which is shown once and works', async () => {
    const { page, address } = open
    await signIn('administrator', 'keys')
    await page.getByLabel('Holder').fill('Vera')
    await page.getByLabel('Roles').fill('viewer')
    await page.getByLabel('Your name').fill('the administrator')
    await page.getByRole('button', { name: 'Make', exact: true }).click()
    await page.getByText('The key is made.').waitFor()
    const made = (await page.locator('pre').textContent())!
    const answer = await fetch(`${address}/settings`, { headers: { authorization: `Bearer ${made}` } })
    expect(answer.status).toBe(200)
    await takePicture(open, 'phone-settings-keys')
    await page.reload()
    await page.getByRole('heading', { name: 'Make a key' }).waitFor()
    expect(await page.locator('pre').count()).toBe(0)
  })

  test.each(['kinds', 'kinds/thresholds', 'kinds/thresholds/loan-demand', 'keys', 'changes'])(
    '%s fits a phone',
    async (section) => {
      const { page } = open
      await signIn('administrator', section)
      await page.locator('main').locator('.lines, table').filter({ visible: true }).first().waitFor()
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360)
      await expectAccessible(open)
      await takePicture(open, `phone-settings-${section.replaceAll('/', '-')}`)
    },
  )
})
