import { bankMarketing } from '../../importers/bank-marketing.ts'
import type { Call } from '../../schemas/calls/calls.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const header =
  '"age";"job";"marital";"education";"default";"housing";"loan";"contact";"month";"day_of_week";"duration";"campaign";"pdays";"previous";"poutcome";"emp.var.rate";"cons.price.idx";"cons.conf.idx";"euribor3m";"nr.employed";"y"\n'
const row = (month: string, weekday: string, duration: number, rest = '1;999;0;"nonexistent"', y = 'no'): string =>
  `56;"housemaid";"married";"basic.4y";"no";"no";"no";"telephone";"${month}";"${weekday}";${duration};${rest};1.1;93.994;-36.4;4.857;5191;"${y}"\n`

const read = (...rows: string[]) => imported(bankMarketing, dataFolder({ 'first.csv.gz': header + rows.join('') }))
const days = (calls: readonly Call[]): string[] =>
  calls.map(({ occurredAt }) => new Date(occurredAt).toISOString().slice(0, 10))

describe('bank_marketing', () => {
  it('dates the rows by month and weekday, never going back', async () => {
    const events = await read(
      row('may', 'mon', 10),
      row('may', 'mon', 10),
      row('may', 'fri', 10),
      row('may', 'mon', 10),
      row('jun', 'mon', 10),
      row('mar', 'tue', 10),
    )
    expect(days(eventsOf<Call>(events, 'calls'))).toEqual([
      '2008-05-05',
      '2008-05-05',
      '2008-05-09',
      '2008-05-12',
      '2008-06-02',
      '2009-03-03',
    ])
  })

  it('emits the customer, then the call when it ends, then the outcome, scored before the call', async () => {
    const events = await read(row('may', 'mon', 300, '2;6;1;"success"', 'yes'), row('may', 'mon', 20))
    expect(events.map(({ event }) => event.id.replace('bank_marketing-', ''))).toEqual([
      '1-profile',
      '2-profile',
      '2-call',
      '2-outcome',
      '1-call',
      '1-outcome',
    ])
    const beganAt = Date.UTC(2008, 4, 5, 12)
    const call = eventsOf<Call>(events, 'calls')[1]!
    expect(call).toMatchObject({ occurredAt: beganAt + 300_000, durationS: 300, answered: true })
    expect(call.context).toMatchObject({
      contactsInCampaign: 2,
      daysSinceContact: 6,
      contactsBefore: 1,
      earlierSuccess: 1,
      cellular: 0,
      euribor3Months: 4.857,
    })
    expect(eventsOf<Outcome>(events, 'outcomes')[1]).toMatchObject({
      value: 1,
      asOf: beganAt - 1,
      subjectId: 'bank_marketing-1',
    })
    expect(eventsOf<Profile>(events, 'profiles')[0]).toMatchObject({ birthYear: 1952, segment: 'housemaid' })
  })

  it('omits what is only known after the call, or not at all', async () => {
    const events = await read(row('may', 'mon', 300))
    const { context } = eventsOf<Call>(events, 'calls')[0]!
    expect(context).not.toHaveProperty('daysSinceContact')
    expect(context).not.toHaveProperty('earlierSuccess')
    expect(JSON.stringify([context, eventsOf<Profile>(events, 'profiles')])).not.toContain('300')
    await expect(read(row('may', 'sun', 1))).rejects.toThrow('first.csv.gz:2: day_of_week is "sun"')
  })

  withData(
    'bank_marketing',
    'has a call for each of the 28,831 rows, on 150 workdays with the holidays of 2008 left out',
    async (path) => {
      const events = await imported(bankMarketing, path)
      expect(countsByTopic(events)).toEqual({ profiles: 28_831, calls: 28_831, outcomes: 28_831 })
      expect(eventsOf<Outcome>(events, 'outcomes').reduce((sum, { value }) => sum + value, 0)).toBe(1_606)
      const called = new Set(days(eventsOf<Call>(events, 'calls')))
      expect(called.size).toBe(150)
      // Corpus Christi and the national day of Portugal, which the data set does not name.
      for (const holiday of ['2008-05-22', '2008-06-10']) expect(called).not.toContain(holiday)
      expect([...called].at(-1)).toBe('2009-04-16')
    },
  )
})
