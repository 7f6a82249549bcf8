import fc from 'fast-check'
import { timeFromIso } from '../../../schemas/json/iso-time.ts'

test.each([
  ['2026-01-31', Date.UTC(2026, 0, 31)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['2026-01-31T09:00Z', Date.UTC(2026, 0, 31, 9)],
  ['2026-01-31T09:00:00+08:00', Date.UTC(2026, 0, 31, 1)],
  ['2026-01-31T09:00:00.123-0330', Date.UTC(2026, 0, 31, 12, 30, 0, 123)],
  ['2026-01-31T09:00:00.123456Z', Date.UTC(2026, 0, 31, 9, 0, 0, 123)],
])('%s is a time', (text, time) => {
  expect(timeFromIso(text)).toBe(time)
})

test.each([
  '',
  'today',
  '1769850000000',
  '2026-01-31T09:00:00',
  '2026-01-31 09:00:00Z',
  '2026-02-29',
  '2026-02-30T00:00:00Z',
  '2026-13-01',
  '2026-00-01',
  '2026-01-00',
  '2026-01-31T25:00:00Z',
  '2026-01-31T09:60:00Z',
  '31.01.2026',
  '+002026-01-31T00:00:00Z',
])('%s is none', (text) => {
  expect(timeFromIso(text)).toBeUndefined()
})

test('JavaScript’s own output is read', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
      (date) => {
        expect(timeFromIso(date.toISOString())).toBe(date.getTime())
      },
    ),
  )
})
