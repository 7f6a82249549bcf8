import { isoTimes } from '../../../api/http/iso-times.ts'

test('times of a row become ISO 8601 in UTC; null and other values are unchanged', () => {
  const at = new Date(Date.UTC(2026, 0, 31, 12))
  const inner = { at }
  const shown = isoTimes({ id: 'v1', at, until: null, list: [at], inner })
  expect(shown).toEqual({ id: 'v1', at: '2026-01-31T12:00:00.000Z', until: null, list: [at], inner })
})
