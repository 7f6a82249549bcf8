import { momentsOf } from '../../../../retrainer/training/texts/row-times.ts'

const of = (...values: readonly unknown[]) =>
  momentsOf(
    values.map((at) => ({ at })),
    'at',
    undefined,
  )

test('texts are read as a column of a table, numbers as they are', () => {
  expect(of('01.02.2024', '02.03.2024')).toEqual({
    times: Float64Array.of(Date.UTC(2024, 1, 1), Date.UTC(2024, 2, 2)),
    order: undefined,
  })
  expect(of('01/02/2024', '02/13/2024').order).toBe('mdy')
  expect(of(57.652, 280, 3)).toEqual({ times: Float64Array.of(57.652, 280, 3), order: undefined })
  expect([...of('2024-01-01 00:00:00+00', '1999-12-31').times]).toEqual([Date.UTC(2024, 0, 1), Date.UTC(1999, 11, 31)])
})

test('a day that does not exist, a number beyond 2^53 and an ambiguous date are refused', () => {
  expect(() => of('2024-01-01', '2024-02-30')).toThrow('The time at of row 2 is "2024-02-30"')
  expect(() => of(1, 12_345_678_901_234_567_890n)).toThrow(
    'of row 2 is 12345678901234567890: it must be a time as in 2026-11-23T10:00:00Z, or a number up to 2^53',
  )
  expect(() => of('01/02/2024', '03/04/2024')).toThrow('say --dates dmy or --dates mdy')
  expect(() => of(null)).toThrow('of row 1 is null')
})
