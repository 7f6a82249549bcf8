import { callFeatures } from '../../../features/calls/calls.ts'
import { rememberProfile } from '../../../features/customers/remembered-profile.ts'
import type { Call } from '../../../schemas/calls/calls.ts'
import { rowOf } from '../row-of.ts'

const call = (time: string, more: Partial<Call>): Call => ({
  id: time,
  occurredAt: Date.parse(time),
  source: 'test',
  customerId: 'c',
  callId: time,
  agentId: null,
  direction: 'outbound',
  answered: true,
  durationS: 0,
  campaign: null,
  product: null,
  clicks: 0,
  satisfaction: null,
  turns: [],
  context: {},
  script: null,
  scriptVersion: null,
  ...more,
})
const turn = (speaker: 'customer' | 'agent') => ({ speaker, text: '…', offsetMs: 0 })

test('four calls, reckoned by hand', () => {
  const row = rowOf(
    callFeatures,
    [
      call('2026-03-01T02:00Z', {
        durationS: 120,
        product: 'loan',
        campaign: 'spring',
        clicks: 2,
        satisfaction: 5,
        turns: [turn('agent'), turn('customer'), turn('customer')],
      }),
      call('2026-03-05T02:30Z', { answered: false, durationS: 999, product: 'loan', campaign: 'spring' }),
      call('2026-03-20T11:00Z', { durationS: 60, product: 'card', satisfaction: 2, turns: [turn('agent')] }),
      call('2026-03-31T03:00Z', { direction: 'inbound', durationS: 300, product: 'loan', clicks: 1 }),
    ],
    Date.parse('2026-04-01T03:00Z'),
    (memory) =>
      rememberProfile(memory, {
        id: 'p',
        occurredAt: 0,
        source: 'test',
        customerId: 'c',
        name: null,
        sex: null,
        birthYear: null,
        registeredPlace: null,
        residence: null,
        segment: null,
        attributes: {},
        timeZone: 'Asia/Shanghai',
      }),
  )
  expect(row).toMatchObject({
    count: 4,
    answered: 3,
    outboundAnsweredShare: 2 / 3,
    inboundShare: 0.25,
    duration: 480,
    durationMean: 160,
    durationMax: 300,
    durationLast: 300,
    turnsMean: 2 / 3,
    clicks: 3,
    clicksMean: 0.75,
    satisfactionMean: 3.5,
    satisfactionLast: 2,
    ratings: 2,
    daysSinceLast: 1,
    daysSinceFirst: 31 + 1 / 24,
    daysSinceAnswered: 1,
    count7d: 1,
    answered7d: 1,
    // Counts from the 2nd.
    count30d: 3,
    answered30d: 2,
    duration30d: 360,
    answeredInMorningShare: 2 / 3,
    answeredInEveningShare: 1 / 3,
    answeredUsualHour: 10,
    usualProductShare: 0.75,
    products: 2,
    campaigns: 1,
  })
})
