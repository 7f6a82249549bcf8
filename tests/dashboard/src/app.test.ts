import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createMetrics } from '../../../api/operations/metrics.ts'
import { builtInCaseRules } from '../../../processors/visits/cases/default-case-rules.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import { assessments } from '../../../schemas/visits/assessments.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import type { ApiUnderTest } from '../../api/api-under-test.ts'
import { alertOf, assessmentOf, NOW, priorityOf, scoreOf } from '../../api/stored-world.ts'
import { describeWithBrowser } from '../../support/browser.ts'
import { waitFor } from '../../support/services.ts'
import { openPage, type OpenPage } from './open-page.ts'
import { MODEL, storeWorldWithModel } from './world-with-model.ts'
import { openCampaign, openMissingCampaign, walkThroughCampaigns } from './calls/walk-through-campaigns.ts'
import { storeCampaigns } from './calls/stored-campaigns.ts'
import { storeDesk } from './calls/stored-desk.ts'
import { storeLiveCall, storeScripts } from './calls/stored-scripts.ts'
import { openCallPages, openEmptyCallPages } from './calls/open-call-pages.ts'
import { walkThroughDesks } from './calls/walk-through-desks.ts'
import { walkThroughLiveCalls } from './calls/walk-through-live-calls.ts'
import { walkThroughScripts } from './calls/walk-through-scripts.ts'
import { storeCases } from './visits/cases/stored-cases.ts'
import type { CarriedCases } from '../../api/visits/carried-cases.ts'

/** Folder for screenshots of the page; not set: none are taken. */
const pictures = process.env.SCORELINE_PICTURES

const picture = async ({ page }: OpenPage, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

const simulatedClock = () => ({ now: NOW, speed: 60 })

describeWithBrowser('the page', () => {
  let open: OpenPage
  let carried: CarriedCases
  // A stopped clock, so that measurements stay recent.
  const metrics = createMetrics(() => 5_000)

  beforeAll(async () => {
    metrics.running('conversion', 4)
    metrics.transactionCommitted('conversion', { events: 1_200, scored: 900, messages: 1_800, durationMs: 80 })
    metrics.latency('conversion', 84)
    metrics.lag('conversion', 0, 12)
    const fill = async (api: ApiUnderTest) => {
      await storeWorldWithModel(api)
      await storeCampaigns(api)
      await storeDesk(api)
      await storeScripts(api)
      carried = await storeCases(api.database)
    }
    open = await openPage(fill, {
      metrics,
      simulatedClock,
      model: (task) =>
        task === 'call-conversion'
          ? 'No model is released for call-conversion yet.'
          : {
              id: MODEL,
              algorithm: 'ngram-logistic',
              featureSet: 'x',
              outputs: ['score'],
              score: () => Promise.resolve(Float64Array.of(0.5)),
            },
    })
    await waitFor(() => open.api.listeners() === 1, { what: 'the page to follow the live updates' })
  })
  afterAll(async () => {
    await carried.stop()
    await open.close()
  })

  test('shows that the world is simulated, and which task has no model', async () => {
    await open.page.getByText('Simulated world: 15 Jun 2026, 09:00, 60 × faster than the wall clock').waitFor()
    await open.page.getByText('with the simulated time of the event').waitFor()
    await open.page.getByText('No model is released for call-conversion yet.').first().waitFor()
    const models = open.page.getByRole('region', { name: 'Models in use' })
    await models.getByText('ngram-logistic').waitFor()
    await models.getByText('AUC 0.8123').waitFor()
  })

  test('shows how the stream is', async () => {
    const health = open.page.getByRole('region', { name: 'Stream health' })
    await health.getByText('120', { exact: true }).waitFor()
    await health.getByText('84 ms', { exact: true }).waitFor()
  })

  test('ranks open opportunities, overall and of a team; a salesperson’s list is on the page Today', async () => {
    const card = open.page.getByRole('region', { name: 'Whom to visit first' })
    const names = () => card.locator('li strong').allTextContents()
    await waitFor(async () => (await names()).length === 3, { what: 'three lines' })
    expect(await names()).toEqual(['王秀英', 'Nadja Petrova', '李伟'])
    await card.getByText('Team').click()
    await card.getByRole('combobox', { name: 'Team' }).selectOption('team-1')
    expect(await card.getByRole('link', { name: 'Today' }).getAttribute('href')).toBe('#/today')
    await card.getByText('Overall').click()
    await waitFor(async () => (await names()).length === 3, { what: 'three lines again' })
  })

  test('shows reasons and the next action of each, ordered by the expected value of a visit', async () => {
    const card = open.page.getByRole('region', { name: 'Whom to visit first' })
    const lines = card.locator('li')
    const first = lines.first()
    await first.getByText('Visit this week, while the interest is fresh.').waitFor()
    await first.getByText('Visited 2 times. Worth 200,000 CNY.').waitFor()
    await first.getByText('visited 9 days ago').waitFor()
    expect(await first.locator('.trend').textContent()).toBe('▲ up 12 pts')
    await first.getByText('no. 3 by expected value').waitFor()
    await card.getByText('By expected value', { exact: true }).click()
    await waitFor(async () => (await lines.first().locator('strong').textContent()) === '李伟', { what: '李伟 first' })
    await lines.nth(1).getByText('Not visited yet.').waitFor()
    await lines.nth(2).getByText('no. 1 by probability').waitFor()
    await picture(open, 'priorities-by-value')
    await card.getByText('By probability', { exact: true }).click()
    await waitFor(async () => (await lines.first().locator('strong').textContent()) === '王秀英', {
      what: '王秀英 first',
    })
  })

  test('updates arrive without a reload', async () => {
    const emit = (topic: Topic, value: unknown) => open.api.emit({ topic, value })
    const later = NOW + 3_600_000
    emit(scores as Topic, scoreOf('loan-demand', 'c-2', 0.773, later))
    emit(priorities as Topic, priorityOf('overall', 'all', ['c-2', 'c-1', 'c-3'], later))
    emit(assessments as Topic, assessmentOf('c-1', 'suspected_false', later))
    emit(alerts as Topic, alertOf('c-1', 'potential-loan-customer', false, later))

    const ticker = open.page.getByRole('region', { name: 'Latest scores' })
    await ticker.getByText('77.3 %').waitFor()
    const ranking = open.page.getByRole('region', { name: 'Whom to visit first' })
    await waitFor(async () => (await ranking.locator('li strong').first().textContent()) === '李伟', {
      what: '李伟 in the first place',
    })
    const flags = open.page.getByRole('region', { name: 'Flags' })
    await flags.locator('li', { hasText: '王秀英' }).getByText('Suspected false visits').waitFor()
    await waitFor(async () => (await flags.getByText('Potential loan customer').count()) === 0, {
      what: 'the alert to be withdrawn',
    })
    await picture(open, 'overview')
  })

  test('a customer opens by keyboard, with features, the row that each score saw, and visits', async () => {
    const { page } = open
    await page.keyboard.press('/')
    await page.keyboard.type('王秀')
    await page.getByRole('option', { name: /王秀英/ }).waitFor()
    await page.keyboard.press('Enter')
    const customer = page.getByRole('region', { name: '王秀英' }).getByRole('region', { name: 'About this customer' })
    await customer.getByText('Current scores').waitFor()
    await picture(open, 'customer')

    await customer.getByRole('tab', { name: 'Scores' }).click()
    const chart = customer
      .getByRole('slider', { name: 'Scores over time' })
      .filter({ has: page.locator('circle') })
      .last()
    await chart.waitFor()
    await chart.focus()
    await page.keyboard.press('Home')
    await customer.getByText('35.0 %').waitFor()
    await customer.locator('summary').last().click()
    await picture(open, 'scores')

    await customer.getByRole('tab', { name: 'Scores' }).press('ArrowRight')
    await customer.getByRole('cell').first().waitFor()
    await picture(open, 'features')
    await customer.getByRole('tab', { name: 'Visits' }).click()
    await customer.getByText('客户想了解经营贷款的利率，约好下周带材料再谈。').first().waitFor()
    await picture(open, 'visits')
    await customer.getByRole('tab', { name: 'Call' }).click()
    await customer.getByText('Good day, 王秀英. I am calling from your bank.').waitFor()
    await customer.getByText('Not in any target group.').waitFor()
    await customer.getByText('Consent of the form electronic or stronger is needed, and there is none.').waitFor()
    await customer.getByRole('combobox', { name: 'For' }).selectOption('Marketing, us')
    await waitFor(async () => (await customer.getByText('A consent is needed').count()) === 0, { what: 'other rules' })
    await customer.getByRole('combobox', { name: 'Script' }).selectOption('any-product-zh')
    await customer.getByText('王秀英，您好，这里是您的银行。').waitFor()
    await picture(open, 'call')
    expect(page.url()).toContain('#/customers/c-1/call')
  })

  test('another page has its address and title, and Back returns to it from a customer', async () => {
    const { page, address } = open
    const titled = (title: string) =>
      waitFor(async () => (await page.title()) === title, { what: `the title ${title}` })
    for (const name of ['Stream', 'Dead letters']) await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('region', { name: 'Dead letters' }).getByText('The bytes do not match').waitFor()
    await page.getByRole('region', { name: 'Gaps' }).getByText('up to 40 records').waitFor()
    expect(page.url()).toBe(`${address}/#/stream/dead-letters`)
    await titled('Stream · Scoreline')
    await picture(open, 'dead-letters')

    await page.keyboard.press('/')
    await page.keyboard.type('Nadja P')
    await page.getByRole('option', { name: /Nadja Petrova/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Nadja Petrova' }).getByText('Current scores').waitFor()
    await titled('Customers · Scoreline')
    await page.goBack()
    await page.getByRole('region', { name: 'Gaps' }).waitFor()
    expect(page.url()).toBe(`${address}/#/stream/dead-letters`)
    await page.goForward()
    await page.getByRole('region', { name: 'Nadja Petrova' }).waitFor()
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('region', { name: 'Whom to visit first' }).waitFor()
    await titled('Scoreline')
  })

  test('cases are reviewed with the keyboard; a case that has changed meanwhile is read again first', async () => {
    const { page, api, address } = open
    const rules = await api.server.inject({
      ...{ method: 'PUT', url: '/case-rules/visits', headers: { 'if-match': '"0"' } },
      payload: { ...builtInCaseRules, costOfReview: 5, changedBy: 'li' },
    })
    expect(rules.statusCode).toBe(200)
    const alert = alertOf('c-1', 'suspected-false-visit', true, NOW + 2)
    api.emit({ topic: alerts as Topic, value: { ...alert, subjectId: 'k3' } })
    await page.getByRole('link', { name: /Suspected false visit(?!s)/ }).click()
    await page.getByRole('region', { name: 'Your decision' }).waitFor()
    expect(page.url()).toBe(`${address}/#/cases/k3`)
    await page.getByRole('navigation').getByRole('link', { name: 'Cases' }).click()
    await waitFor(() => Promise.resolve(page.url() === `${address}/#/cases`), { what: 'the queue alone' })
    const queue = page.getByRole('region', { name: 'Cases', exact: true })
    const lines = queue.getByRole('link')
    await waitFor(async () => (await lines.count()) === 3, { what: 'three cases' })
    expect(await queue.locator('li').nth(2).textContent()).toContain('a review costs more than it is expected to save')
    const press = (key: string) => page.keyboard.press(key)
    const isAt = (visitId: string) =>
      waitFor(() => Promise.resolve(page.url() === `${address}/#/cases/${visitId}`), { what: `the case ${visitId}` })
    await press('j')
    await press('Enter')
    await isAt('k1')

    const shown = page.getByRole('region', { name: 'c-9' })
    const evidence = shown.getByRole('region', { name: 'Why' }).getByRole('listitem')
    await evidence.first().getByText('Copied text').waitFor()
    expect(await shown.locator('mark').allTextContents()).toEqual(Array(2).fill('总，客户想了解经营贷款的利率'))
    await shown.getByRole('img', { name: /11.1 km apart, at least 11.0 km/ }).waitFor()
    await shown
      .getByText(/6 min there; entered .*, 9 h 51 min after check-out/)
      .first()
      .waitFor()
    await picture(open, 'case')
    await press('j')
    await isAt('k2')
    await press('k')
    await isAt('k1')
    await shown.getByRole('img', { name: /11.1 km apart/ }).waitFor()
    await press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('next case').waitFor()
    await press('Escape')

    await shown.getByRole('region', { name: 'Your decision' }).waitFor()
    await press('c')
    await shown.getByText('Enter your name first').waitFor()
    const name = shown.getByLabel('Your name')
    const isFocused = () => name.evaluate((field: { matches(selector: string): boolean }) => field.matches(':focus'))
    await waitFor(isFocused, { what: 'the field for the name to have the focus' })
    await page.keyboard.type('wang')
    await press('Enter')
    await shown.getByText('You are reviewing as wang').waitFor()
    // A key pressed right after moving to the next case must not decide the previous one.
    const pressed = `window.dispatchEvent(new KeyboardEvent('keydown', { key: 'h' }))`
    await page.evaluate(`location.hash = '#/cases/k2'; ${pressed}`)
    await shown.getByText('The record of the visit has not arrived yet').waitFor()
    await press('k')
    await evidence.first().getByText('Copied text').waitFor()
    await shown.getByRole('heading', { name: 'c-9' }).focus()
    await press('d')
    await shown.getByText('Enter why the suspicion is dismissed.').waitFor()
    await page.keyboard.type('She was there.')
    const comment = { kind: 'comment', note: 'I look at it too.', by: 'li' }
    const headers = { 'if-match': '"0"' }
    const other = await api.server.inject({ method: 'POST', url: '/cases/k1/acts', headers, payload: comment })
    expect(other.statusCode).toBe(200)
    await press('Control+Enter')
    await shown.getByText('The case changed while you were reviewing it').waitFor()
    await shown.getByText('I look at it too.').waitFor()
    expect(open.complaints.splice(0)).toEqual([expect.stringContaining('412')])
    await press('Control+Enter')
    await shown.getByText('Decided by wang: dismissed (on whether it is false), “She was there.”').waitFor()
    await waitFor(async () => (await lines.count()) === 2, { what: 'the case to leave the queue' })
    await picture(open, 'case-decided')

    await press('j')
    await isAt('k2')
    await shown.getByText('The record of the visit has not arrived yet').waitFor()
    await press('h')
    await shown.getByText('Decided by wang: harmless').waitFor()
    await queue.getByRole('combobox', { name: 'Status of the cases' }).selectOption('decided')
    await waitFor(async () => (await lines.count()) === 2, { what: 'the decided cases' })
  })

  test('a campaign shows its progress and why no customer is called; it is paused under a name, and only in the version seen', () =>
    walkThroughCampaigns(open, picture))

  test('a desk shows its queue, agents and plan, and each decision with the parts of its scores', () =>
    walkThroughDesks(open, picture))

  test('an agent follows a call: what to say and why; and leads one by hand, without a call system', () =>
    walkThroughLiveCalls(open, picture))

  test('scripts show their results, are restored, previewed and reviewed, and confusing wordings are decided on', () =>
    walkThroughScripts(open, picture))

  test('makes no requests to other hosts and logs no errors', () => expect(open.complaints).toEqual([]))
})

describeWithBrowser('the page on a phone', () => {
  const width = ({ page }: OpenPage) => page.evaluate<number>('document.documentElement.scrollWidth')

  test.each([360, 390])('nothing is wider than %i px, on any page or tab, however long a name is', async (phone) => {
    const fill = async (api: ApiUnderTest) => {
      await storeWorldWithModel(api)
      await storeCampaigns(api)
      await storeDesk(api)
      await storeScripts(api)
      await storeLiveCall(api, 'live-1', ['Yes?', 'That is too expensive anyway'])
      await (await storeCases(api.database)).stop()
    }
    const open = await openPage(fill, { simulatedClock }, { width: phone, height: 740 })
    try {
      await waitFor(() => open.api.listeners() === 1, { what: 'the page to follow the live updates' })
      const long = alertOf('c-1', 'potential-loan-customer', true, NOW + 1)
      open.api.emit({ topic: alerts as Topic, value: { ...long, text: 'x'.repeat(300) } })
      await open.page.getByText('xxxxxxxxxx').waitFor()
      expect(await width(open)).toBe(phone)
      await picture(open, `phone-${phone}`)
      await open.page.goto(`${open.address}/#/customers/c-1`)
      const customer = open.page.getByRole('region', { name: '王秀英' })
      await customer.getByText('Current scores').waitFor()
      for (const tab of ['Scores', 'Features', 'Visits', 'Call', 'Overview']) {
        await customer.getByRole('tab', { name: tab }).click()
        const over = (element: { scrollWidth: number; clientWidth: number }) =>
          element.scrollWidth - element.clientWidth
        const [whole, panel] = [await customer.evaluate(over), await customer.getByRole('tabpanel').evaluate(over)]
        expect({ tab, whole, panel, page: await width(open) }).toEqual({ tab, whole: 0, panel: 0, page: phone })
        await picture(open, `phone-${phone}-${tab}`)
      }
      await open.page.goto(`${open.address}/#/stream/dead-letters`)
      await open.page.getByText('The bytes do not match').waitFor()
      expect(await width(open)).toBe(phone)
      await picture(open, `phone-${phone}-dead-letters`)
      await open.page.goto(`${open.address}/#/cases/k1`)
      await open.page.getByRole('region', { name: 'Your decision' }).waitFor()
      expect(await width(open)).toBe(phone)
      await picture(open, `phone-${phone}-case`)
      await open.page.goto(`${open.address}/#/cases`)
      await open.page.getByRole('button', { name: 'Select' }).click()
      await open.page.getByRole('region', { name: 'Policies' }).getByText('active', { exact: true }).waitFor()
      expect(await width(open)).toBe(phone)
      await picture(open, `phone-${phone}-cases`)
      await openCampaign(open)
      expect(await width(open)).toBe(phone)
      await picture(open, `phone-${phone}-campaign`)
      // Once is enough for pages of the same parts.
      for await (const name of phone === 360 ? openCallPages(open) : []) {
        expect([name, await width(open)]).toEqual([name, phone])
        await picture(open, `phone-${phone}-${name}`)
      }
      expect(open.complaints).toEqual([])
    } finally {
      await open.close()
    }
  })
})

describeWithBrowser('the page of an empty platform', () => {
  test('shows what is missing, in dark colours and on a narrow screen', async () => {
    const open = await openPage(() => Promise.resolve(), {}, { dark: true, width: 390, height: 844 })
    try {
      await open.page.getByText('No model is released for conversion yet.').first().waitFor()
      await open.page.getByText('No scores yet.').waitFor()
      await open.page.getByText('Nothing is flagged.').waitFor()
      expect(await open.page.getByText('Simulated world').count()).toBe(0)
      const width = await open.page.evaluate<number>('document.documentElement.scrollWidth')
      expect(width).toBe(390)
      await picture(open, 'empty')
      await open.page.goto(`${open.address}/#/cases`)
      await open.page.getByText('No cases are waiting for a decision.').waitFor()
      await picture(open, 'empty-cases')
      await openMissingCampaign(open)
      await openEmptyCallPages(open)
      await open.page.goto(`${open.address}/#/cases/nobody`)
      await open.page.getByText('The visit "nobody" has no case.').waitFor()
      expect(open.complaints.splice(0)).toEqual([expect.stringContaining('404')])
      expect(open.complaints).toEqual([])
    } finally {
      await open.close()
    }
  })
})
