import { durationIn } from '../../../models/table/written-durations.ts'

test.each([
  ['26:05:30', 26 + 5 / 60 + 30 / 3600],
  ['-0:30:00', -0.5],
  ['2 days 03:04:05', 51 + 4 / 60 + 5 / 3600],
  ['1 day, 00:00', 24],
  ['PT5M30S', 5.5 / 60],
  ['P1DT12H', 36],
  ['P2W', 336],
  ['1h 5m', 1 + 5 / 60],
  ['2 days 3 hours', 51],
  ['45 min', 0.75],
])('%s lasts %d hours', (cell, hours) =>
  expect(durationIn(cell)).toEqual({ value: expect.closeTo(hours, 9) as number, form: 'whole' }),
)

test.each(['', '5', '5:75', 'P', 'PT', '12 kg', 'hm', '10:00:99'])('%j is no duration', (cell) =>
  expect(durationIn(cell)).toBeUndefined(),
)
