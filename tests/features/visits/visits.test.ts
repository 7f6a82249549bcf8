import { visitFeatures } from '../../../features/visits/visits.ts'
import { reportOnly, type Visit } from '../../../schemas/visits/visits.ts'

const visit = (time: string, more: Partial<Visit> = {}): Visit => ({
  id: time,
  occurredAt: Date.parse(time),
  source: 'test',
  visitId: time,
  revision: 0,
  withdrawn: false,
  opportunityId: 'o',
  customerId: 'c',
  salespersonId: 's1',
  text: '',
  ...reportOnly,
  ...more,
})

function rowOf(visits: readonly Visit[], time: string): Record<string, number> {
  const row = new Float64Array(visitFeatures.names.length + 1)
  visitFeatures.row(visits, Date.parse(time), row, 1)
  return Object.fromEntries(visitFeatures.names.map((name, i) => [name.replace('visits.', ''), row[i + 1]!]))
}

test('three visits, reckoned by hand', () => {
  const visits = [
    visit('2026-03-01T08:00Z', {
      text: '客户有兴趣',
      revision: 1,
      checkInAt: Date.parse('2026-03-01T08:00Z'),
      checkOutAt: Date.parse('2026-03-01T09:00Z'),
    }),
    visit('2026-03-01T18:00Z', { text: '再谈', salespersonId: 's2', checkInAt: Date.parse('2026-03-01T18:00Z') }),
    visit('2026-03-09T08:00Z', {
      text: '签了',
      place: { latitude: 30, longitude: 104, accuracyM: null, ageS: null, mocked: null },
      checkInAt: 0,
      checkOutAt: 30 * 60_000,
    }),
  ]
  expect(rowOf(visits, '2026-03-10T08:00Z')).toEqual({
    count: 3,
    daysSinceFirst: 9,
    daysSinceLast: 1,
    meanGapDays: 4,
    lastGapDays: 8 - 10 / 24,
    visitDays: 2,
    count7d: 1,
    count30d: 3,
    textLength: 9,
    textLengthMean: 3,
    textLengthMin: 2,
    textLengthLast: 2,
    textsLeftOut: 0,
    checkInShare: 1,
    checkOutShare: 2 / 3,
    placeShare: 1 / 3,
    stayMinutesMean: 45,
    correctedShare: 1 / 3,
    salespeople: 2,
  })
})

test('one visit has no gaps, and none has only its number', () => {
  const one = rowOf([visit('2026-03-01T08:00Z', { text: 'x'.repeat(9000) })], '2026-03-01T08:00Z')
  expect(one).toMatchObject({
    count: 1,
    meanGapDays: Number.NaN,
    lastGapDays: Number.NaN,
    stayMinutesMean: Number.NaN,
    textsLeftOut: 0,
  })
  const { count, ...others } = rowOf([], '2026-03-01T08:00Z')
  expect(count).toBe(0)
  expect(Object.values(others).every(Number.isNaN)).toBe(true)
})

test('texts that do not fit in the long text are reported', () => {
  const visits = Array.from({ length: 5 }, (_, day) => visit(`2026-03-0${day + 1}T08:00Z`, { text: '长'.repeat(3000) }))
  expect(rowOf(visits, '2026-03-06T08:00Z')).toMatchObject({ count: 5, textsLeftOut: 3 })
})

test('each name has its description', () => {
  expect(visitFeatures.descriptions.map(({ name }) => name)).toEqual(visitFeatures.names)
})
