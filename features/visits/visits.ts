import { DAY_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { visits as topic, type Visit } from '../../schemas/visits/visits.ts'
import type { DescribedFeatures, FeatureDescription, Numbers } from '../feature-set.ts'
import { longTextOf } from './long-text.ts'

interface VisitFeature extends Omit<FeatureDescription, 'name' | 'sources'> {
  readonly from: readonly (keyof Visit & string)[]
  /** `visits` is not empty, and in order of time. */
  value(visits: readonly Visit[], at: number): number
}

const definitions: Readonly<Record<string, VisitFeature>> = {
  count: {
    meaning: 'Number of visits: a corrected visit counts once, a withdrawn one not at all',
    unit: 'visits',
    from: ['visitId', 'revision', 'withdrawn'],
    value: (visits) => visits.length,
  },
  daysSinceFirst: {
    meaning: 'Time since the first visit',
    unit: 'days',
    from: ['occurredAt'],
    value: (visits, at) => (at - visits[0]!.occurredAt) / DAY_MS,
  },
  daysSinceLast: {
    meaning: 'Time since the latest visit',
    unit: 'days',
    from: ['occurredAt'],
    value: (visits, at) => (at - visits.at(-1)!.occurredAt) / DAY_MS,
  },
  meanGapDays: {
    meaning: 'Mean time between two visits',
    unit: 'days',
    from: ['occurredAt'],
    value: (visits) =>
      visits.length < 2
        ? Number.NaN
        : (visits.at(-1)!.occurredAt - visits[0]!.occurredAt) / (visits.length - 1) / DAY_MS,
  },
  lastGapDays: {
    meaning: 'Time between the latest two visits',
    unit: 'days',
    from: ['occurredAt'],
    value: (visits) =>
      visits.length < 2 ? Number.NaN : (visits.at(-1)!.occurredAt - visits.at(-2)!.occurredAt) / DAY_MS,
  },
  visitDays: {
    meaning: 'Number of different days (UTC) with a visit',
    unit: 'days',
    from: ['occurredAt'],
    value: distinctDays,
  },
  count7d: {
    meaning: 'Visits, last 7 days to the millisecond',
    unit: 'visits',
    from: ['occurredAt'],
    value: (visits, at) => countSince(visits, at - 7 * DAY_MS),
  },
  count30d: {
    meaning: 'Visits, last 30 days to the millisecond',
    unit: 'visits',
    from: ['occurredAt'],
    value: (visits, at) => countSince(visits, at - 30 * DAY_MS),
  },
  textLength: {
    meaning: 'Total length of all texts',
    unit: 'characters (UTF-16)',
    from: ['text'],
    value: (visits) => sumOf(visits, textLength),
  },
  textLengthMean: {
    meaning: 'Average length of a text',
    unit: 'characters (UTF-16)',
    from: ['text'],
    value: (visits) => sumOf(visits, textLength) / visits.length,
  },
  textLengthMin: {
    meaning: 'Length of the shortest text',
    unit: 'characters (UTF-16)',
    from: ['text'],
    value: (visits) => visits.reduce((min, visit) => Math.min(min, textLength(visit)), Number.POSITIVE_INFINITY),
  },
  textLengthLast: {
    meaning: 'Length of the latest text',
    unit: 'characters (UTF-16)',
    from: ['text'],
    value: (visits) => textLength(visits.at(-1)!),
  },
  textsLeftOut: {
    meaning: 'Number of visits, the oldest ones, whose text does not fit in the text that a model reads',
    unit: 'visits',
    from: ['text'],
    value: (visits) => longTextOf(visits).visitsLeftOut,
  },
  checkInShare: {
    meaning: 'Share of visits with a check-in',
    unit: 'share',
    from: ['checkInAt'],
    value: (visits) => sumOf(visits, ({ checkInAt }) => (checkInAt === null ? 0 : 1)) / visits.length,
  },
  checkOutShare: {
    meaning: 'Share of visits with a check-out',
    unit: 'share',
    from: ['checkOutAt'],
    value: (visits) => sumOf(visits, ({ checkOutAt }) => (checkOutAt === null ? 0 : 1)) / visits.length,
  },
  placeShare: {
    meaning: 'Share of visits with a place',
    unit: 'share',
    from: ['place'],
    value: (visits) => sumOf(visits, ({ place }) => (place === null ? 0 : 1)) / visits.length,
  },
  stayMinutesMean: {
    meaning: 'Average time from check-in to check-out',
    unit: 'minutes',
    from: ['checkInAt', 'checkOutAt'],
    value: meanStayMinutes,
  },
  correctedShare: {
    meaning: 'Share of visits whose record was corrected',
    unit: 'share',
    from: ['revision'],
    value: (visits) => sumOf(visits, ({ revision }) => (revision > 0 ? 1 : 0)) / visits.length,
  },
  salespeople: {
    meaning: 'Number of different salespeople',
    unit: 'people',
    from: ['salespersonId'],
    value: (visits) => new Set(visits.map(({ salespersonId }) => salespersonId)).size,
  },
}
const features = Object.entries(definitions)

/**
 * Features of the visits of one opportunity. They are computed from the visits themselves, since a correction replaces
 * a visit, which a running sum can’t undo.
 */
export const visitFeatures: DescribedFeatures & {
  /**
   * Fills a row. `visits`: as `visitsOf` returns them; `at`: ms. Before the first visit the count is 0 and the rest is
   * NaN.
   */
  row(visits: readonly Visit[], at: number, row: Numbers, offset: number): void
} = {
  id: 'visits@1',
  names: features.map(([name]) => `visits.${name}`),
  descriptions: features.map(([name, { meaning, unit, from }]) => ({
    name: `visits.${name}`,
    meaning,
    unit,
    sources: from.map((field) => `${topic.name}.${field}`),
  })),
  row(visits, at, row, offset) {
    for (let i = 0; i < features.length; i++) {
      const [name, feature] = features[i]!
      row[offset + i] = visits.length > 0 ? feature.value(visits, at) : name === 'count' ? 0 : Number.NaN
    }
  },
}

function textLength({ text }: Visit): number {
  return text.length
}

function sumOf(visits: readonly Visit[], amount: (visit: Visit) => number): number {
  let sum = 0
  for (const visit of visits) sum += amount(visit)
  return sum
}

function distinctDays(visits: readonly Visit[]): number {
  let days = 0
  let previous = Number.NaN
  for (const { occurredAt } of visits) {
    const day = Math.floor(occurredAt / DAY_MS)
    if (day !== previous) days++
    previous = day
  }
  return days
}

function countSince(visits: readonly Visit[], from: number): number {
  return sumOf(visits, ({ occurredAt }) => (occurredAt > from ? 1 : 0))
}

function meanStayMinutes(visits: readonly Visit[]): number {
  let stays = 0
  let minutes = 0
  for (const { checkInAt, checkOutAt } of visits) {
    if (checkInAt === null || checkOutAt === null) continue
    stays++
    minutes += (checkOutAt - checkInAt) / MINUTE_MS
  }
  return stays === 0 ? Number.NaN : minutes / stays
}
