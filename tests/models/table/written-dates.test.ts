import { dateIn, orderEvidence, timeOfDayIn } from '../../../models/table/written-dates.ts'

const day = (year: number, month: number, date: number, hour = 0, minute = 0) => {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, date)
  return at.getTime() + (hour * 60 + minute) * 60_000
}

test.each([
  ['2026-11-23', day(2026, 11, 23)],
  ['2026/1/5', day(2026, 1, 5)],
  ['2026.01.05', day(2026, 1, 5)],
  ['23.11.2026', day(2026, 11, 23)],
  ['3.1.2026', day(2026, 1, 3)],
  ['23-11-2026', day(2026, 11, 23)],
  ['23/11/2026 08:30', day(2026, 11, 23, 8, 30)],
  ['23.11.26', day(2026, 11, 23)],
  ['23.11.85', day(1985, 11, 23)],
  ['23-Nov-2026', day(2026, 11, 23)],
  ['23 November 2026', day(2026, 11, 23)],
  ['Nov 23, 2026', day(2026, 11, 23)],
  ['2026年11月23日', day(2026, 11, 23)],
  ['20261123', day(2026, 11, 23)],
  ['20261123 083000', day(2026, 11, 23, 8, 30)],
  ['23rd of November 2026', day(2026, 11, 23)],
  ['23. Oktober 2026', day(2026, 10, 23)],
  ['23 de enero de 2026', day(2026, 1, 23)],
  ['23-NOV-26', day(2026, 11, 23)],
  ['Mon Nov 23 2026', day(2026, 11, 23)],
  ['Mon, 23 Nov 2026 08:30:00 GMT', day(2026, 11, 23, 8, 30)],
  ['23/Nov/2026:08:30:00 +0100', day(2026, 11, 23, 7, 30)],
  ['2026-11-23 08:30', day(2026, 11, 23, 8, 30)],
  ['2026-11-23T08:30:15.250Z', day(2026, 11, 23, 8, 30) + 15_250],
  ['2026-11-23T08:30:00+08:00', day(2026, 11, 23, 0, 30)],
  ['2026-11-23T08:30:00-0130', day(2026, 11, 23, 10)],
  ['2024-01-01 10:11:12.5+00', day(2024, 1, 1, 10, 11) + 12_500],
  ['2024-01-01 10:11:00+05', day(2024, 1, 1, 5, 11)],
  ['2024-01-01 10:11:00 UTC', day(2024, 1, 1, 10, 11)],
  ['1/2/2026 1:05 PM', day(2026, 2, 1, 13, 5)],
  ['5/1/26 13:05', day(2026, 1, 5, 13, 5)],
  ['05-JAN-26 10.30.00.000000 AM', day(2026, 1, 5, 10, 30)],
  ['5 января 2026 г.', day(2026, 1, 5)],
  ['2026년 1월 5일', day(2026, 1, 5)],
  ['2026. 01. 05.', day(2026, 1, 5)],
  ['0001-01-01', day(1, 1, 1)],
  ['0099-12-31', day(99, 12, 31)],
  ['1901-01-01', day(1901, 1, 1)],
  ['1969-12-31', -86_400_000],
  ['9999-12-31', day(9999, 12, 31)],
  ['2024-02-29', day(2024, 2, 29)],
])('%s is a moment', (cell, at) => expect(dateIn(cell)).toBe(at))

test('the order decides only where the year comes last and no dots part it', () => {
  expect(dateIn('03/04/2026', 'mdy')).toBe(day(2026, 3, 4))
  expect(dateIn('03/04/2026', 'dmy')).toBe(day(2026, 4, 3))
  expect(dateIn('03.04.2026', 'mdy')).toBe(day(2026, 4, 3))
  expect(dateIn('2026/03/04', 'mdy')).toBe(day(2026, 3, 4))
  expect([orderEvidence('13/04/2026'), orderEvidence('04/13/2026'), orderEvidence('03/04/2026')]).toEqual([
    'dmy',
    'mdy',
    undefined,
  ])
})

test.each([
  '2026-02-30',
  '2025-02-29',
  '31.04.2026',
  '2026-13-01',
  '11/23/2026',
  '0000-00-00',
  '2026-11-23 25:00',
  '2026-11-23 10:61',
  '2026-11-23 13:00 PM',
  '2026-11/23',
  '1.2.03',
  '1.234',
  'Monday',
])('%s is no date', (cell) => expect(dateIn(cell)).toBeUndefined())

test('times of day are hours since midnight', () => {
  expect(timeOfDayIn('13:30')).toBe(13.5)
  expect(timeOfDayIn('00:00:36')).toBe(0.01)
  expect(timeOfDayIn('12:15 am')).toBe(0.25)
  expect([timeOfDayIn('24:10'), timeOfDayIn('1:60'), timeOfDayIn('13')]).toEqual([undefined, undefined, undefined])
})
