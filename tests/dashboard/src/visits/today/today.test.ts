import { priorities } from '../../../../../schemas/visits/priorities.ts'
import type { ApiPorts } from '../../../../../api/ports.ts'
import { builtInRoles } from '../../../../../api/access/roles.ts'
import { makeKey } from '../../../../../api/access/make-key.ts'
import { requiredAccess } from '../../../../api/api-under-test.ts'
import { NOW } from '../../../../api/stored-world.ts'
import { put } from '../../../../store/store-under-test.ts'
import { describeWithBrowser } from '../../../../support/browser.ts'
import { waitFor } from '../../../../support/services.ts'
import { expectAccessible } from '../../accessible.ts'
import { openPage, type OpenPage } from '../../open-page.ts'
import { takePicture } from '../../take-picture.ts'
import { changedList, storeDay } from './stored-day.ts'

const clock: Partial<ApiPorts> = { simulatedClock: () => ({ now: NOW, speed: 60 }) }
const rowsOf = async (open: OpenPage, name: string) =>
  (await open.page.getByRole('table', { name }).locator('tbody tr').allTextContents()) as readonly string[]

describeWithBrowser('the page of a salesperson’s day', () => {
  let open: OpenPage
  beforeAll(async () => void (open = await openPage(storeDay, clock)))
  afterAll(() => open.close())

  test('shows whom to visit in both orders, with the action and why in words', async () => {
    const { page, address } = open
    await page.getByRole('navigation').getByRole('link', { name: 'Today', exact: true }).click()
    await page.getByRole('link', { name: /^s-1/ }).press('Enter')
    expect(page.url()).toBe(`${address}/#/today/s-1`)
    const names = (order: string) => page.getByRole('region', { name: order }).locator('li strong').allTextContents()
    await waitFor(async () => (await names('By probability')).length === 4, { what: 'the list' })
    await waitFor(async () => (await names('By expected value')).length === 4, { what: 'the other list' })
    expect(await names('By probability')).toEqual(['王秀英', 'Olga Ivanova', 'Nadja Petrova', '赵敏'])
    expect(await names('By expected value')).toEqual(['赵敏', 'Nadja Petrova', 'Olga Ivanova', '王秀英'])
    const first = page.getByRole('region', { name: 'By probability' }).locator('li').first()
    await first.getByText('Visit this week, while the interest is fresh.').waitFor()
    await first.getByText('Visited 2 times, last 9 days ago. The last visit raised the chance by 12 points.').waitFor()
    await first.getByText('A visit is due now.').waitFor()
    await first.getByText('More reasons').press('Enter')
    await first.getByText('Worth 200,000 CNY.').waitFor()
    await first.getByRole('button', { name: 'Why' }).waitFor()
    await expectAccessible(open)
  })

  test('says what is new, gone, up and down since yesterday', async () => {
    await open.page.getByText('Since 14 Jun 2026, 09:00: 4 changes, 1 customer as before').waitFor()
    expect(await rowsOf(open, 'What changed since yesterday')).toEqual([
      'Olga IvanovaNew70.0 %2',
      'Chen LiWon80.0 %1',
      '赵敏Down41.0 % → 21.0 %4',
      '王秀英Up75.0 % → 90.0 %2 → 1',
    ])
  })

  test('plans the day: the order, the way and who is left out; what was entered is kept', async () => {
    const { page } = open
    const plan = page.getByRole('region', { name: 'Plan of the day' })
    await plan.getByLabel('Visits').fill('2')
    await plan.getByLabel('Start: latitude, longitude').fill('31.2, 121.5')
    await plan.getByRole('button', { name: 'Plan' }).press('Enter')
    await plan.getByText('2 visits, ').waitFor()
    await waitFor(async () => (await plan.locator('li').count()) === 2, { what: 'the stops' })
    expect(await plan.locator('svg .spot text').allTextContents()).toContain('Start')
    await plan.getByText('2 opportunities left out').press('Enter')
    expect((await rowsOf(open, 'Left out of the plan, and why'))[0]).toContain(
      'Other visits bring more, and the day is full.',
    )
    await expectAccessible(open)
    await takePicture(open, 'today')
    await page.reload()
    await plan.getByText('2 visits, ').waitFor()
    expect(await plan.getByLabel('Start: latitude, longitude').inputValue()).toBe('31.2,121.5')
  })

  test('follows a change of the list', async () => {
    const { page, api } = open
    const list = changedList(NOW + 1_000)
    const changed = { ...list, id: 'later', entries: list.entries.slice(0, 2) }
    await put(api.database, priorities, [changed])
    api.emit({ topic: priorities, value: changed } as never)
    const lines = page.getByRole('region', { name: 'By probability' }).locator('.today-lines > li')
    await waitFor(async () => (await lines.count()) === 2, { what: 'the shorter list' })
  })

  test('an unknown salesperson is named', async () => {
    await open.page.goto(`${open.address}/#/today/nobody`)
    await open.page.getByText('There is no list for the salesperson nobody.').first().waitFor()
    open.complaints.splice(0)
  })
})

describeWithBrowser('a team lead who is signed in', () => {
  let open: OpenPage
  let key: string
  beforeAll(async () => {
    open = await openPage(
      async (api) => {
        await storeDay(api)
        await api.database.pool.query(`update opportunities set team_id = 'team-2' where salesperson_id = 's-2'`)
        const roles = ['team-lead']
        const holder = { name: 'Lea', roles, salespersonId: null, teamId: 'team-1', days: 1, createdBy: 'security' }
        key = (await makeKey(api.database, holder)).text
      },
      { ...clock, access: requiredAccess(builtInRoles) },
    )
  })
  afterAll(() => open.close())

  test('sees the salespeople of the team, and the day of each', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/today`)
    await page.getByLabel('API key or token').fill(key)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 's-1' }).click()
    await page.getByRole('heading', { name: 'The day of s-1' }).waitFor()
    await page.getByText('What changed since yesterday').first().waitFor()
    await waitFor(async () => (await page.locator('.today-lines > li').count()) > 8, { what: 'the whole day' })
    expect(await page.getByRole('link', { name: 's-2' }).count()).toBe(0)
  })
})

describeWithBrowser('a salesperson who is signed in', () => {
  let open: OpenPage
  let key: string
  beforeAll(async () => {
    const access = requiredAccess(builtInRoles)
    open = await openPage(
      async (api) => {
        await storeDay(api)
        const holder = {
          name: 'Sam',
          roles: ['salesperson'],
          salespersonId: 's-1',
          teamId: null,
          days: 1,
          createdBy: 'security',
        }
        key = (await makeKey(api.database, holder)).text
      },
      { ...clock, access },
      { width: 360, height: 740 },
    )
  })
  afterAll(() => open.close())

  test('sees their own day at once, on a phone without sideways scrolling', async () => {
    const { page, address } = open
    await page.goto(`${address}/#/today`)
    await page.getByLabel('API key or token').fill(key)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'The day of s-1' }).waitFor()
    await page.getByText('What changed since yesterday').first().waitFor()
    // The live stream shows the visits of others too.
    await page.getByText('No live updates: reload for news').waitFor()
    await waitFor(async () => (await page.locator('.today-lines > li').count()) > 8, { what: 'the whole day' })
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360)
    await expectAccessible(open)
    await takePicture(open, 'phone-today')
  })
})
