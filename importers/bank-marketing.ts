import { calls } from '../schemas/calls/calls.ts'
import { firstOutcome, outcomes } from '../schemas/models/outcomes.ts'
import { profiles } from '../schemas/customers/profiles.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../schemas/durations.ts'
import { cellError, csvRows, mapped, number, text, type Row } from './csv-rows.ts'
import { findFile } from './find-file.ts'
import { topicEvent, type Importer, type TopicEvent } from './importer.ts'

const months = {
  jan: 0,
  feb: 1,
  mar: 2,
  apr: 3,
  may: 4,
  jun: 5,
  jul: 6,
  aug: 7,
  sep: 8,
  oct: 9,
  nov: 10,
  dec: 11,
} as const
const weekdays = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5 } as const

/**
 * Economic indicators known before a call, by column. (`pdays` 999 means no earlier contact and is left out of the
 * context.)
 */
const indicators = {
  'emp.var.rate': 'employmentVariationRate',
  'cons.price.idx': 'consumerPriceIndex',
  'cons.conf.idx': 'consumerConfidenceIndex',
  euribor3m: 'euribor3Months',
  'nr.employed': 'employees',
} as const
const clientColumns = ['job', 'marital', 'education', 'default', 'housing', 'loan'] as const
const columns = [
  ...[
    'age',
    ...clientColumns,
    'contact',
    'month',
    'day_of_week',
    'duration',
    'campaign',
    'pdays',
    'previous',
    'poutcome',
    'y',
  ],
  ...Object.keys(indicators),
]

/** Returns the first day with the row's weekday and month that is not before the given day. */
function nextDay(from: number, row: Row): number {
  const month = mapped(row, 'month', months)
  const weekday = mapped(row, 'day_of_week', weekdays)
  for (let day = from; day < from + 3 * 366 * DAY_MS; day += DAY_MS) {
    const date = new Date(day)
    if (date.getUTCMonth() === month && date.getUTCDay() === weekday) return day
  }
  throw cellError(row, 'day_of_week', 'a weekday of that month')
}

/**
 * Telephone campaigns of a Portuguese bank, May 2008 to November 2010. The rows are in time order but name only month
 * and weekday: a row is assigned the earliest matching day that is not before the previous row's, which gives a real
 * calendar (22 May 2008, a holiday, has no calls). The data set has no hours, so a day's calls start at 12:00 UTC, one
 * second apart. It has no customer ids either, so each row counts as a separate customer.
 */
export const bankMarketing: Importer = {
  name: 'bank_marketing',
  description: 'Outbound calls of a Portuguese bank from May 2008 on → profiles, calls, call-conversion outcomes',
  licence: 'CC BY 4.0 (UCI; Moro, Cortez and Rita 2014)',
  async *read(folder) {
    const file = await findFile(folder, /\.csv(\.gz)?$/)
    let day = Date.UTC(2008, 4, 1)
    let today: Row[] = []
    let first = 0
    for await (const row of csvRows(file, { columns, delimiter: ';' })) {
      const rowDay = nextDay(day, row)
      if (rowDay !== day) {
        yield* eventsOfDay(day, today, first)
        first += today.length
        today = []
        day = rowDay
      }
      today.push(row)
    }
    yield* eventsOfDay(day, today, first)
  },
}

/**
 * Returns the events of a day's rows in time order. They are held in memory, because calls of different lengths end in
 * a different order than they start.
 */
function eventsOfDay(day: number, rows: readonly Row[], first: number): TopicEvent[] {
  const events = rows.flatMap((row, i) => eventsOfCall(row, first + i + 1, day + 12 * HOUR_MS + i * SECOND_MS))
  return events.sort((left, right) => left.event.occurredAt - right.event.occurredAt)
}

function eventsOfCall(row: Row, ordinal: number, beganAt: number): TopicEvent[] {
  const customerId = `bank_marketing-${ordinal}`
  const durationS = number(row, 'duration')
  const endedAt = beganAt + Math.round(durationS * SECOND_MS)
  const earlierContact = number(row, 'pdays') !== 999
  const envelope = (name: string, occurredAt: number) => ({
    id: `${customerId}-${name}`,
    occurredAt,
    source: 'bank_marketing',
    customerId,
  })
  const poutcome = mapped(row, 'poutcome', { nonexistent: null, failure: 0, success: 1 })
  return [
    topicEvent(profiles, {
      ...envelope('profile', beganAt - 2),
      name: null,
      sex: null,
      birthYear: new Date(beganAt).getUTCFullYear() - number(row, 'age'),
      registeredPlace: null,
      residence: null,
      timeZone: 'Europe/Lisbon',
      segment: text(row, 'job'),
      attributes: {
        ...Object.fromEntries(clientColumns.map((column) => [column, text(row, column)])),
        contact: text(row, 'contact'),
        poutcome: text(row, 'poutcome'),
      },
    }),
    topicEvent(calls, {
      ...envelope('call', endedAt),
      callId: customerId,
      agentId: null,
      direction: 'outbound',
      answered: durationS > 0,
      durationS,
      campaign: 'term-deposit',
      product: 'term-deposit',
      clicks: 0,
      satisfaction: null,
      turns: [],
      context: {
        contactsInCampaign: number(row, 'campaign'),
        contactsBefore: number(row, 'previous'),
        ...(earlierContact ? { daysSinceContact: number(row, 'pdays') } : {}),
        ...(poutcome === null ? {} : { earlierSuccess: poutcome }),
        cellular: mapped(row, 'contact', { cellular: 1, telephone: 0 }),
        ...Object.fromEntries(Object.entries(indicators).map(([column, name]) => [name, number(row, column)])),
      },
      script: null,
      scriptVersion: null,
    }),
    topicEvent(outcomes, {
      ...envelope('outcome', endedAt + SECOND_MS),
      task: 'call-conversion',
      subjectId: customerId,
      value: mapped(row, 'y', { yes: 1, no: 0 }),
      asOf: beganAt - 1,
      ...firstOutcome,
    }),
  ]
}
