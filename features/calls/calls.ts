import { calls, type Call } from '../../schemas/calls/calls.ts'
import { decayedSum } from '../aggregations/decayed-sum.ts'
import { maximum } from '../aggregations/extremes.ts'
import { hourProfile } from '../aggregations/hour-profile.ts'
import { lastValue } from '../aggregations/last-value.ts'
import { share } from '../aggregations/ratio.ts'
import { recency } from '../aggregations/recency.ts'
import { count, sum, totals } from '../aggregations/totals.ts'
import { valueCounts } from '../aggregations/value-counts.ts'
import { defineFeatureSet, overWindows } from '../define-feature-set.ts'

const isAnswered = ({ answered }: Call) => answered
const isOutbound = ({ direction }: Call) => direction === 'outbound'
const durationOf = ({ answered, durationS }: Call) => (answered ? durationS : Number.NaN)
const satisfactionOf = ({ satisfaction }: Call) => satisfaction ?? Number.NaN

function customerTurnsOf({ answered, turns }: Call): number {
  if (!answered) return Number.NaN
  let customerTurns = 0
  for (let i = 0; i < turns.length; i++) if (turns[i]!.speaker === 'customer') customerTurns++
  return customerTurns
}

const duration = totals(durationOf)
const satisfaction = totals(satisfactionOf)
const clicks = totals<Call>((call) => call.clicks)
const all = recency<Call>()
const answered = recency(isAnswered)
const hours = hourProfile(isAnswered)
const callProducts = valueCounts<Call>('calls-products', ({ product }) => product)
const callCampaigns = valueCounts<Call>('calls-campaigns', ({ campaign }) => campaign)

/** Features of a customer’s calls, as known after each call. */
export const callFeatures = defineFeatureSet<Call>('calls', 1, calls, {
  count: { value: count(), meaning: 'Calls so far', unit: 'calls', from: ['id'] },
  answered: { value: count(isAnswered), meaning: 'Answered calls', unit: 'calls', from: ['answered'] },
  outboundAnsweredShare: {
    value: share(isAnswered, isOutbound),
    meaning: 'Share of outbound calls that were answered',
    unit: 'share',
    from: ['answered', 'direction'],
  },
  inboundShare: {
    value: share((call) => !isOutbound(call)),
    meaning: 'Share of calls that the customer made',
    unit: 'share',
    from: ['direction'],
  },
  duration: { value: duration.sum, meaning: 'Total talk time', unit: 'seconds', from: ['durationS', 'answered'] },
  durationMean: {
    value: duration.mean,
    meaning: 'Average talk time of an answered call',
    unit: 'seconds',
    from: ['durationS', 'answered'],
  },
  durationMax: {
    value: maximum(durationOf),
    meaning: 'Longest call',
    unit: 'seconds',
    from: ['durationS', 'answered'],
  },
  durationLast: {
    value: lastValue(durationOf),
    meaning: 'Talk time of the latest answered call',
    unit: 'seconds',
    from: ['durationS', 'answered', 'occurredAt'],
  },
  turnsMean: {
    value: totals(customerTurnsOf).mean,
    meaning: "Average number of the customer's turns in an answered call",
    unit: 'turns',
    from: ['turns', 'answered'],
  },
  clicks: { value: clicks.sum, meaning: 'Links sent in calls that were clicked', unit: 'clicks', from: ['clicks'] },
  clicksMean: {
    value: clicks.mean,
    meaning: 'Average number of clicked links per call',
    unit: 'clicks',
    from: ['clicks'],
  },
  satisfactionMean: {
    value: satisfaction.mean,
    meaning: 'Average service rating',
    unit: '1 to 5',
    from: ['satisfaction'],
  },
  satisfactionLast: {
    value: lastValue(satisfactionOf),
    meaning: 'Latest service rating',
    unit: '1 to 5',
    from: ['satisfaction', 'occurredAt'],
  },
  ratings: { value: satisfaction.count, meaning: 'Service ratings given', unit: 'ratings', from: ['satisfaction'] },
  daysSinceLast: {
    value: all.daysSinceLast,
    meaning: 'Time since the latest call',
    unit: 'days',
    from: ['occurredAt'],
  },
  daysSinceFirst: {
    value: all.daysSinceFirst,
    meaning: 'Time since the first call',
    unit: 'days',
    from: ['occurredAt'],
  },
  meanGapDays: { value: all.meanGapDays, meaning: 'Mean time between two calls', unit: 'days', from: ['occurredAt'] },
  daysSinceAnswered: {
    value: answered.daysSinceLast,
    meaning: 'Time since the latest answered call',
    unit: 'days',
    from: ['occurredAt', 'answered'],
  },
  ...overWindows<Call>('count', ['7d', '30d'], {
    value: count(),
    meaning: 'Calls',
    unit: 'calls',
    from: ['occurredAt'],
  }),
  ...overWindows<Call>('answered', ['7d', '30d'], {
    value: count(isAnswered),
    meaning: 'Answered calls',
    unit: 'calls',
    from: ['answered', 'occurredAt'],
  }),
  ...overWindows<Call>('duration', ['30d'], {
    value: sum(durationOf),
    meaning: 'Talk time',
    unit: 'seconds',
    from: ['durationS', 'answered', 'occurredAt'],
  }),
  countDecayed24h: {
    value: decayedSum(() => 1, '24h'),
    meaning: 'Calls, weighted by recency with a half-life of 24h',
    unit: 'calls',
    from: ['occurredAt'],
  },
  countDecayed30d: {
    value: decayedSum(() => 1, '30d'),
    meaning: 'Calls, weighted by recency with a half-life of 30d',
    unit: 'calls',
    from: ['occurredAt'],
  },
  durationDecayed30d: {
    value: decayedSum(durationOf, '30d'),
    meaning: 'Talk time, weighted by recency with a half-life of 30d',
    unit: 'seconds',
    from: ['durationS', 'answered', 'occurredAt'],
  },
  answeredAtNightShare: {
    value: hours.nightShare,
    meaning: 'Share of answered calls between 0:00 and 6:00, local time',
    unit: 'share',
    from: ['occurredAt', 'answered'],
  },
  answeredInMorningShare: {
    value: hours.morningShare,
    meaning: 'Share of answered calls between 6:00 and 12:00, local time',
    unit: 'share',
    from: ['occurredAt', 'answered'],
  },
  answeredInAfternoonShare: {
    value: hours.afternoonShare,
    meaning: 'Share of answered calls between 12:00 and 18:00, local time',
    unit: 'share',
    from: ['occurredAt', 'answered'],
  },
  answeredInEveningShare: {
    value: hours.eveningShare,
    meaning: 'Share of answered calls between 18:00 and 24:00, local time',
    unit: 'share',
    from: ['occurredAt', 'answered'],
  },
  answeredUsualHour: {
    value: hours.usualHour,
    meaning: 'Local hour in which most calls are answered, the earliest of equal ones',
    unit: 'hour, 0 to 23',
    from: ['occurredAt', 'answered'],
  },
  usualProductShare: {
    value: callProducts.usualShare,
    meaning: 'Share of calls about the most frequent product',
    unit: 'share',
    from: ['product'],
  },
  products: {
    value: callProducts.distinct,
    meaning: 'Number of different products in calls',
    unit: 'products',
    from: ['product'],
  },
  campaigns: {
    value: callCampaigns.distinct,
    meaning: 'Number of different campaigns of calls',
    unit: 'campaigns',
    from: ['campaign'],
  },
})
