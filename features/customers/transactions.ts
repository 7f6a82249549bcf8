import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { decayedSum, halfLives, type HalfLife } from '../aggregations/decayed-sum.ts'
import { deviation } from '../aggregations/deviation.ts'
import { distinctCount } from '../aggregations/distinct-count.ts'
import { maximum, minimum } from '../aggregations/extremes.ts'
import { lastValue } from '../aggregations/last-value.ts'
import { ratio, share } from '../aggregations/ratio.ts'
import { recency } from '../aggregations/recency.ts'
import { count, sum, totals } from '../aggregations/totals.ts'
import { valueCounts } from '../aggregations/value-counts.ts'
import { defineFeatureSet, overWindows, type FeatureDefinition } from '../define-feature-set.ts'

const spentOf = ({ amountMinor }: Transaction) => (amountMinor < 0 ? -amountMinor : Number.NaN)
const receivedOf = ({ amountMinor }: Transaction) => (amountMinor >= 0 ? amountMinor : Number.NaN)
const balanceOf = ({ balanceMinor }: Transaction) => balanceMinor ?? Number.NaN

const spent = totals(spentOf)
const received = totals(receivedOf)
const balance = totals(balanceOf)
const times = recency<Transaction>()
const transactionCategories = valueCounts<Transaction>('transactions-categories', ({ category }) => category)
const transactionChannels = valueCounts<Transaction>('transactions-channels', ({ channel }) => channel)

const kindNames = {
  card: 'card payments',
  transfer: 'transfers',
  cash: 'cash',
  fee: 'fees',
  interest: 'interest',
  salary: 'salaries and pensions',
  loan: 'loan payments',
} as const

const kindShares = Object.fromEntries(
  Object.entries(kindNames).map(([kind, words]): [string, FeatureDefinition<Transaction>] => [
    `${kind}Share`,
    {
      value: share((transaction) => transaction.kind === kind),
      meaning: `Share of ${words} among the movements`,
      unit: 'share',
      from: ['kind'],
    },
  ]),
)

const decays = Object.fromEntries(
  (Object.keys(halfLives) as HalfLife[]).flatMap((halfLife): [string, FeatureDefinition<Transaction>][] => [
    [
      `countDecayed${halfLife}`,
      {
        value: decayedSum(() => 1, halfLife),
        meaning: `Movements, weighted by recency with a half-life of ${halfLife}`,
        unit: 'movements',
        from: ['occurredAt'],
      },
    ],
    [
      `spentDecayed${halfLife}`,
      {
        value: decayedSum(spentOf, halfLife),
        meaning: `Money spent, weighted by recency with a half-life of ${halfLife}`,
        unit: 'minor units',
        from: ['amountMinor', 'occurredAt'],
      },
    ],
  ]),
)

/**
 * Movements on a customer’s accounts. Amounts are added as they are, in minor units: `currencies` shows if several are
 * mixed.
 */
export const transactionFeatures = defineFeatureSet<Transaction>('transactions', 1, transactions, {
  count: { value: count(), meaning: 'Movements so far', unit: 'movements', from: ['id'] },
  spent: { value: spent.sum, meaning: 'Total spend', unit: 'minor units', from: ['amountMinor'] },
  spentMean: {
    value: spent.mean,
    meaning: 'Average spend per outgoing movement',
    unit: 'minor units',
    from: ['amountMinor'],
  },
  spentMax: { value: maximum(spentOf), meaning: 'Largest spend', unit: 'minor units', from: ['amountMinor'] },
  spentDeviation: {
    value: deviation(spentOf),
    meaning: 'Standard deviation of the spend per outgoing movement',
    unit: 'minor units',
    from: ['amountMinor'],
  },
  spentLast: {
    value: lastValue(spentOf),
    meaning: 'Latest spend',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  },
  received: { value: received.sum, meaning: 'Total received', unit: 'minor units', from: ['amountMinor'] },
  receivedMean: {
    value: received.mean,
    meaning: 'Average amount of an incoming movement',
    unit: 'minor units',
    from: ['amountMinor'],
  },
  receivedMax: {
    value: maximum(receivedOf),
    meaning: 'Largest incoming movement',
    unit: 'minor units',
    from: ['amountMinor'],
  },
  spentToReceived: {
    value: ratio(spent.sum, received.sum),
    meaning: 'Spend ÷ income',
    unit: 'ratio',
    from: ['amountMinor'],
  },
  balanceLast: {
    value: lastValue(balanceOf),
    meaning: 'Balance after the latest movement',
    unit: 'minor units',
    from: ['balanceMinor', 'occurredAt'],
  },
  balanceMean: {
    value: balance.mean,
    meaning: 'Average balance after a movement',
    unit: 'minor units',
    from: ['balanceMinor'],
  },
  balanceMin: { value: minimum(balanceOf), meaning: 'Lowest balance', unit: 'minor units', from: ['balanceMinor'] },
  balanceMax: { value: maximum(balanceOf), meaning: 'Highest balance', unit: 'minor units', from: ['balanceMinor'] },
  overdrawnShare: {
    value: share(
      ({ balanceMinor }) => balanceMinor !== null && balanceMinor < 0,
      ({ balanceMinor }) => balanceMinor !== null,
    ),
    meaning: 'Share of movements that left the account overdrawn',
    unit: 'share',
    from: ['balanceMinor'],
  },
  daysSinceLast: {
    value: times.daysSinceLast,
    meaning: 'Recency: time since the latest movement',
    unit: 'days',
    from: ['occurredAt'],
  },
  daysSinceFirst: {
    value: times.daysSinceFirst,
    meaning: 'Time since the first movement',
    unit: 'days',
    from: ['occurredAt'],
  },
  meanGapDays: {
    value: times.meanGapDays,
    meaning: 'Cycle: mean time between two movements',
    unit: 'days',
    from: ['occurredAt'],
  },
  ...overWindows<Transaction>('count', ['24h', '7d', '30d'], {
    value: count(),
    meaning: 'Movements',
    unit: 'movements',
    from: ['occurredAt'],
  }),
  ...overWindows<Transaction>('spent', ['24h', '7d', '30d'], {
    value: sum(spentOf),
    meaning: 'Total spend',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  }),
  ...overWindows<Transaction>('spentMax', ['24h', '30d'], {
    value: maximum(spentOf),
    meaning: 'Largest spend',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  }),
  ...overWindows<Transaction>('received', ['7d', '30d'], {
    value: sum(receivedOf),
    meaning: 'Total received',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  }),
  ...overWindows<Transaction>('balanceMin', ['30d'], {
    value: minimum(balanceOf),
    meaning: 'Lowest balance',
    unit: 'minor units',
    from: ['balanceMinor', 'occurredAt'],
  }),
  ...decays,
  spentBurst: {
    value: ratio(decayedSum(spentOf, '24h'), decayedSum(spentOf, '30d')),
    meaning:
      'Recent spend against the usual: spend weighted with a half-life of 24h ÷ with one of 30d; 1/30 if spending is even',
    unit: 'ratio',
    from: ['amountMinor', 'occurredAt'],
  },
  ...kindShares,
  usualCategoryShare: {
    value: transactionCategories.usualShare,
    meaning: 'Share of the most frequent category among the movements that have one',
    unit: 'share',
    from: ['category'],
  },
  categoryEntropy: {
    value: transactionCategories.entropy,
    meaning: 'Entropy of the categories: 0 if they are all the same',
    unit: 'nats',
    from: ['category'],
  },
  categories: {
    value: transactionCategories.distinct,
    meaning: 'Number of different categories',
    unit: 'categories',
    from: ['category'],
  },
  usualChannelShare: {
    value: transactionChannels.usualShare,
    meaning: 'Share of the most frequent channel among the movements that have one',
    unit: 'share',
    from: ['channel'],
  },
  channels: {
    value: transactionChannels.distinct,
    meaning: 'Number of different channels',
    unit: 'channels',
    from: ['channel'],
  },
  counterparties: {
    value: distinctCount('transactions-counterparties', ({ counterparty }) => counterparty),
    meaning: 'Number of different counterparties: exact up to 32, then within about 7 %',
    unit: 'counterparties',
    from: ['counterparty'],
  },
  currencies: {
    value: distinctCount('transactions-currencies', ({ currency }) => currency),
    meaning: 'Number of different currencies',
    unit: 'currencies',
    from: ['currency'],
  },
})
