import { interactionFeatures } from '../../../features/customers/interactions.ts'
import type { Interaction } from '../../../schemas/customers/interactions.ts'
import { rowOf } from '../row-of.ts'

const interaction = (time: string, kind: Interaction['kind'], more: Partial<Interaction> = {}): Interaction => ({
  id: time,
  occurredAt: Date.parse(time),
  source: 'test',
  customerId: 'c',
  kind,
  channel: null,
  item: null,
  durationS: null,
  responseS: null,
  ...more,
})

test('clicks, browse time, campaigns, answers, rates and participation, reckoned by hand', () => {
  const row = rowOf(
    interactionFeatures,
    [
      interaction('2026-03-01T10:00Z', 'page_view', { channel: 'web', item: '/loans', durationS: 30 }),
      interaction('2026-03-01T10:01Z', 'page_view', { channel: 'web', item: '/cards', durationS: 10 }),
      interaction('2026-03-02T10:00Z', 'click', { channel: 'web', item: '/loans' }),
      interaction('2026-03-03T10:00Z', 'mail_opened', { channel: 'mail' }),
      interaction('2026-03-03T11:00Z', 'mail_answered', { channel: 'mail', responseS: 3600 }),
      interaction('2026-03-09T08:00Z', 'chat', { channel: 'app', responseS: 40, durationS: 900 }),
      interaction('2026-03-09T09:00Z', 'campaign_joined', { item: 'spring' }),
      interaction('2026-03-10T09:30Z', 'wealth_search'),
    ],
    Date.parse('2026-03-10T10:00Z'),
  )
  expect(row).toMatchObject({
    count: 8,
    pageViews: 2,
    clicks: 1,
    mailsOpened: 1,
    mailsAnswered: 1,
    campaignsJoined: 1,
    billQueries: 0,
    wealthSearches: 1,
    chats: 1,
    browseTime: 40,
    browseTimeMean: 20,
    responseTimeMean: 1820,
    responseTimeLast: 40,
    mailAnswerTimeMean: 3600,
    pageOpenRate: 0.25,
    mailAnswerRate: 0.5,
    participation: 0.5,
    usualChannelShare: 0.5,
    channels: 3,
    items: 3,
    count24h: 1,
    // Counts from the 3rd.
    count7d: 5,
    wealthSearches7d: 1,
    browseTime7d: 0,
    count30d: 8,
    billQueries30d: 0,
    inMorningShare: 1,
    atNightShare: 0,
  })
})
