import fc from 'fast-check'
import { dateIn } from '../../../models/table/written-dates.ts'
import { periodIn } from '../../../models/table/written-periods.ts'

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date)

test.each([
  ['2026-11', day(2026, 11, 1)],
  ['11/2026', day(2026, 11, 1)],
  ['03.2024', day(2024, 3, 1)],
  ['Nov 2026', day(2026, 11, 1)],
  ['März 2026', day(2026, 3, 1)],
  ['Dec-99', day(1999, 12, 1)],
  ['2026年11月', day(2026, 11, 1)],
  ['2026-Q4', day(2026, 10, 1)],
  ['Q1 2026', day(2026, 1, 1)],
  ['2026-W48', day(2026, 11, 23)],
  ['2026-W48-7', day(2026, 11, 29)],
  ['2020-W53', day(2020, 12, 28)],
  ['2026-W01', day(2025, 12, 29)],
  ['2024-366', day(2024, 12, 31)],
])('%s begins on its first day', (cell, at) => expect(periodIn(cell)).toBe(at))

test.each(['Dec-15', '2026-13', '2021-W53', '2023-366', '2026-000', '2026-Q5', '3.2024', '1234-10', 'May I 2026'])(
  '%j is no period',
  (cell) => expect(periodIn(cell)).toBeUndefined(),
)

test('the day that a week and a number in it name is that day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), (days) => {
      const at = days * 86_400_000
      const date = new Date(at)
      const weekday = ((date.getUTCDay() + 6) % 7) + 1
      const thursday = new Date(at + (4 - weekday) * 86_400_000)
      const year = thursday.getUTCFullYear()
      const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000))
      expect(dateIn(`${year}-W${String(week).padStart(2, '0')}-${weekday}`)).toBe(at)
    }),
  )
})
