import { interactions, type Interaction } from '../../schemas/customers/interactions.ts'
import { decayedSum } from '../aggregations/decayed-sum.ts'
import { distinctCount } from '../aggregations/distinct-count.ts'
import { hourProfile } from '../aggregations/hour-profile.ts'
import { lastValue } from '../aggregations/last-value.ts'
import { share } from '../aggregations/ratio.ts'
import { recency } from '../aggregations/recency.ts'
import { count, sum, totals } from '../aggregations/totals.ts'
import { valueCounts } from '../aggregations/value-counts.ts'
import { defineFeatureSet, overWindows, type FeatureDefinition } from '../define-feature-set.ts'

type InteractionKind = Interaction['kind']
const isOf =
  (...kinds: readonly InteractionKind[]) =>
  ({ kind }: Interaction) =>
    kinds.includes(kind)

const isPageView = isOf('page_view')
const isParticipation = isOf('click', 'mail_answered', 'campaign_joined', 'chat')
const browsedOf = (interaction: Interaction) =>
  isPageView(interaction) ? (interaction.durationS ?? Number.NaN) : Number.NaN
const responseOf = ({ responseS }: Interaction) => responseS ?? Number.NaN
const mailAnswerOf = (interaction: Interaction) =>
  interaction.kind === 'mail_answered' ? responseOf(interaction) : Number.NaN

const browsed = totals(browsedOf)
const times = recency<Interaction>()
const hours = hourProfile<Interaction>()
const interactionChannels = valueCounts<Interaction>('interactions-channels', ({ channel }) => channel)
const items = distinctCount<Interaction>('interactions-items', ({ item }) => item)

const kindCounts = Object.fromEntries(
  (
    [
      ['pageViews', 'page_view', 'Pages viewed'],
      ['clicks', 'click', 'Links and advertisements clicked'],
      ['mailsOpened', 'mail_opened', 'Mails opened'],
      ['mailsAnswered', 'mail_answered', 'Mails answered'],
      ['campaignsJoined', 'campaign_joined', 'Campaigns joined'],
      ['billQueries', 'bill_query', 'Bills looked up'],
      ['wealthSearches', 'wealth_search', 'Wealth products searched for'],
      ['chats', 'chat', 'Chats'],
    ] as const
  ).map(([name, kind, meaning]): [string, FeatureDefinition<Interaction>] => [
    name,
    { value: count(isOf(kind)), meaning, unit: 'times', from: ['kind'] },
  ]),
)

/** A customer’s actions outside calls: pages, links, mails, campaigns, searches. */
export const interactionFeatures = defineFeatureSet<Interaction>('interactions', 1, interactions, {
  count: { value: count(), meaning: 'Interactions so far', unit: 'times', from: ['id'] },
  ...kindCounts,
  browseTime: { value: browsed.sum, meaning: 'Total browse time', unit: 'seconds', from: ['durationS', 'kind'] },
  browseTimeMean: {
    value: browsed.mean,
    meaning: 'Average time on a page',
    unit: 'seconds',
    from: ['durationS', 'kind'],
  },
  responseTimeMean: {
    value: totals(responseOf).mean,
    meaning: 'Average response time over all channels',
    unit: 'seconds',
    from: ['responseS'],
  },
  responseTimeLast: {
    value: lastValue(responseOf),
    meaning: 'Latest response time',
    unit: 'seconds',
    from: ['responseS', 'occurredAt'],
  },
  mailAnswerTimeMean: {
    value: totals(mailAnswerOf).mean,
    meaning: 'Speed of mail answers: average time until a mail is answered',
    unit: 'seconds',
    from: ['responseS', 'kind'],
  },
  pageOpenRate: {
    value: share(isPageView),
    meaning: 'Page-open rate: share of interactions that open a page',
    unit: 'share',
    from: ['kind'],
  },
  mailAnswerRate: {
    value: share(isOf('mail_answered'), isOf('mail_opened', 'mail_answered')),
    meaning: 'Answered ÷ opened or answered mails',
    unit: 'share',
    from: ['kind'],
  },
  participation: {
    value: share(isParticipation),
    meaning:
      'Participation: share of interactions in which the customer did something (clicked, answered, joined, chatted)',
    unit: 'share',
    from: ['kind'],
  },
  usualChannelShare: {
    value: interactionChannels.usualShare,
    meaning: 'Share of the most used channel',
    unit: 'share',
    from: ['channel'],
  },
  channelEntropy: {
    value: interactionChannels.entropy,
    meaning: 'Entropy of the channels: 0 if they are all the same',
    unit: 'nats',
    from: ['channel'],
  },
  channels: {
    value: interactionChannels.distinct,
    meaning: 'Number of different channels',
    unit: 'channels',
    from: ['channel'],
  },
  items: {
    value: items,
    meaning: 'Number of different pages, links, campaigns and products: exact up to 32, then within about 7 %',
    unit: 'items',
    from: ['item'],
  },
  daysSinceLast: {
    value: times.daysSinceLast,
    meaning: 'Time since the latest interaction',
    unit: 'days',
    from: ['occurredAt'],
  },
  daysSinceFirst: {
    value: times.daysSinceFirst,
    meaning: 'Time since the first interaction',
    unit: 'days',
    from: ['occurredAt'],
  },
  meanGapDays: {
    value: times.meanGapDays,
    meaning: 'Mean time between two interactions',
    unit: 'days',
    from: ['occurredAt'],
  },
  ...overWindows<Interaction>('count', ['24h', '7d', '30d'], {
    value: count(),
    meaning: 'Interactions',
    unit: 'times',
    from: ['occurredAt'],
  }),
  ...overWindows<Interaction>('wealthSearches', ['7d', '30d'], {
    value: count(isOf('wealth_search')),
    meaning: 'Wealth products searched for',
    unit: 'times',
    from: ['kind', 'occurredAt'],
  }),
  ...overWindows<Interaction>('billQueries', ['30d'], {
    value: count(isOf('bill_query')),
    meaning: 'Bills looked up',
    unit: 'times',
    from: ['kind', 'occurredAt'],
  }),
  ...overWindows<Interaction>('browseTime', ['7d'], {
    value: sum(browsedOf),
    meaning: 'Browse time',
    unit: 'seconds',
    from: ['durationS', 'kind', 'occurredAt'],
  }),
  countDecayed1h: {
    value: decayedSum(() => 1, '1h'),
    meaning: 'Interactions, weighted by recency with a half-life of 1h',
    unit: 'times',
    from: ['occurredAt'],
  },
  countDecayed24h: {
    value: decayedSum(() => 1, '24h'),
    meaning: 'Interactions, weighted by recency with a half-life of 24h',
    unit: 'times',
    from: ['occurredAt'],
  },
  countDecayed30d: {
    value: decayedSum(() => 1, '30d'),
    meaning: 'Interactions, weighted by recency with a half-life of 30d',
    unit: 'times',
    from: ['occurredAt'],
  },
  atNightShare: {
    value: hours.nightShare,
    meaning: 'Share of interactions between 0:00 and 6:00, local time',
    unit: 'share',
    from: ['occurredAt'],
  },
  inMorningShare: {
    value: hours.morningShare,
    meaning: 'Share of interactions between 6:00 and 12:00, local time',
    unit: 'share',
    from: ['occurredAt'],
  },
  inAfternoonShare: {
    value: hours.afternoonShare,
    meaning: 'Share of interactions between 12:00 and 18:00, local time',
    unit: 'share',
    from: ['occurredAt'],
  },
  inEveningShare: {
    value: hours.eveningShare,
    meaning: 'Share of interactions between 18:00 and 24:00, local time',
    unit: 'share',
    from: ['occurredAt'],
  },
})
