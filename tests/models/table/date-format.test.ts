import { inferDateFormat, readDate } from '../../../models/table/date-format.ts'

const cells = (...list: readonly (string | readonly [string, number])[]) =>
  list.map((one) => (typeof one === 'string' ? { cell: one, count: 1 } : { cell: one[0], count: one[1] }))

test.each([
  [cells('2026-01-02', '2026-03-04'), {}],
  [cells('01.02.2026', '03.04.2026'), {}],
  [cells('01-02-2026'), { order: 'dmy' }],
  [cells('01/02/2026', '13/02/2026'), { order: 'dmy' }],
  [cells('01/02/2026', '02/13/2026'), { order: 'mdy' }],
  [cells(['01/13/2026', 95], ['13/01/2026', 5]), { order: 'mdy' }],
  [cells(['2026-01-02', 90], ['soon', 10]), {}],
  [cells(['2026-01-02', 89], ['soon', 11]), undefined],
  [cells('12.5', '13.5'), undefined],
])('%j is %j', (known, reading) => expect(inferDateFormat('at', known)).toEqual(reading))

test('what could be two dates is refused, unless it is said which', () => {
  expect(() => inferDateFormat('at', cells('01/02/2026', '03/04/2026'))).toThrow('say --dates dmy or --dates mdy')
  expect(() => inferDateFormat('at', cells('13/02/2026', '02/13/2026'))).toThrow('the day first in 1 rows')
  expect(inferDateFormat('at', cells('01/02/2026'), 'mdy')).toEqual({ order: 'mdy' })
})

test('an ambiguous new date is missing, unless the style of its column decides', () => {
  expect(readDate('03/04/2026', {})).toBeUndefined()
  expect(readDate('13/04/2026', {})).toBe(Date.UTC(2026, 3, 13))
  expect(readDate('04/13/2026', {})).toBe(Date.UTC(2026, 3, 13))
  expect(readDate('03.04.2026', {})).toBe(Date.UTC(2026, 3, 3))
  expect(readDate('03/04/2026', { order: 'mdy' })).toBe(Date.UTC(2026, 2, 4))
})
