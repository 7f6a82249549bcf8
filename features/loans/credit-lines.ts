import { creditLines, type CreditLine } from '../../schemas/customers/banking.ts'
import { decayedSum } from '../aggregations/decayed-sum.ts'
import { lastValue } from '../aggregations/last-value.ts'
import { latestTotals } from '../aggregations/latest-totals.ts'
import { difference, ratio } from '../aggregations/ratio.ts'
import { recency } from '../aggregations/recency.ts'
import { count, sum, totals } from '../aggregations/totals.ts'
import { defineFeatureSet, overWindows } from '../define-feature-set.ts'

const isLimit = ({ kind }: CreditLine) => kind === 'limit'
const isDrawdown = ({ kind }: CreditLine) => kind === 'drawdown'
const isRepayment = ({ kind }: CreditLine) => kind === 'repayment'
const drawnOf = (line: CreditLine) => (isDrawdown(line) ? line.amountMinor : Number.NaN)
const repaidOf = (line: CreditLine) => (isRepayment(line) ? line.amountMinor : Number.NaN)

const limits = latestTotals<CreditLine>('creditLines-limits', 1, {
  where: isLimit,
  id: ({ lineId }) => lineId,
  value: ({ amountMinor }) => amountMinor,
  group: () => 0,
})
const limit = limits.total(0)
const drawn = totals(drawnOf)
const repaid = totals(repaidOf)
const outstanding = difference(drawn.sum, repaid.sum)
const drawdowns = recency(isDrawdown)
const repayments = recency(isRepayment)

/** A customer’s drawdowns and repayments on all credit lines together. */
export const creditLineFeatures = defineFeatureSet<CreditLine>('creditLines', 1, creditLines, {
  lines: {
    value: limits.nonZeroCount(0),
    meaning: 'Credit lines with a limit',
    unit: 'lines',
    from: ['lineId', 'kind', 'amountMinor'],
  },
  limit: {
    value: limit,
    meaning: 'Sum of the current limits of all lines',
    unit: 'minor units',
    from: ['amountMinor', 'kind', 'occurredAt'],
  },
  drawn: { value: drawn.sum, meaning: 'Cumulative drawdown', unit: 'minor units', from: ['amountMinor', 'kind'] },
  drawnMean: { value: drawn.mean, meaning: 'Average drawdown', unit: 'minor units', from: ['amountMinor', 'kind'] },
  drawnLast: {
    value: lastValue(drawnOf),
    meaning: 'Latest drawdown',
    unit: 'minor units',
    from: ['amountMinor', 'kind', 'occurredAt'],
  },
  drawdowns: { value: count(isDrawdown), meaning: 'Drawdowns', unit: 'times', from: ['kind'] },
  repaid: { value: repaid.sum, meaning: 'Cumulative repayment', unit: 'minor units', from: ['amountMinor', 'kind'] },
  repayments: { value: count(isRepayment), meaning: 'Repayments', unit: 'times', from: ['kind'] },
  outstanding: {
    value: outstanding,
    meaning: 'Amount drawn and not repaid',
    unit: 'minor units',
    from: ['amountMinor', 'kind'],
  },
  usage: {
    value: ratio(drawn.sum, limit),
    meaning: 'Cumulative usage: cumulative drawdown ÷ limit; unknown without a limit, may exceed 1',
    unit: 'ratio',
    from: ['amountMinor', 'kind'],
  },
  outstandingShare: {
    value: ratio(outstanding, limit),
    meaning: 'Outstanding ÷ limit; unknown without a limit, may exceed 1',
    unit: 'ratio',
    from: ['amountMinor', 'kind'],
  },
  daysSinceDrawdown: {
    value: drawdowns.daysSinceLast,
    meaning: 'Time since the latest drawdown',
    unit: 'days',
    from: ['occurredAt', 'kind'],
  },
  drawdownGapDays: {
    value: drawdowns.meanGapDays,
    meaning: 'Mean time between two drawdowns',
    unit: 'days',
    from: ['occurredAt', 'kind'],
  },
  daysSinceRepayment: {
    value: repayments.daysSinceLast,
    meaning: 'Time since the latest repayment',
    unit: 'days',
    from: ['occurredAt', 'kind'],
  },
  ...overWindows<CreditLine>('drawn', ['30d'], {
    value: sum(drawnOf),
    meaning: 'Amount drawn',
    unit: 'minor units',
    from: ['amountMinor', 'kind', 'occurredAt'],
  }),
  ...overWindows<CreditLine>('repaid', ['30d'], {
    value: sum(repaidOf),
    meaning: 'Amount repaid',
    unit: 'minor units',
    from: ['amountMinor', 'kind', 'occurredAt'],
  }),
  drawnDecayed30d: {
    value: decayedSum(drawnOf, '30d'),
    meaning: 'Amount drawn, weighted by recency with a half-life of 30d',
    unit: 'minor units',
    from: ['amountMinor', 'kind', 'occurredAt'],
  },
})
