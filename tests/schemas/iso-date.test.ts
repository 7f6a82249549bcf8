import { isDate } from '../../schemas/iso-date.ts'

test.each(['2026-12-25', '2028-02-29', '0001-01-01'])('%s is a day', (text) => {
  expect(isDate(text)).toBe(true)
})

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '2026-12-25T00:00:00Z', '12026-01-01', ''])(
  '%j is no day',
  (text) => {
    expect(isDate(text)).toBe(false)
  },
)
