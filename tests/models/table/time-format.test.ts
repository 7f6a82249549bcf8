import { inferTimeFormat, readTime } from '../../../models/table/time-format.ts'

const cells = (...list: readonly (readonly [string, number])[]) => list.map(([cell, count]) => ({ cell, count }))

test('times of day, with few exceptions', () => {
  expect(inferTimeFormat(cells(['10:00', 9], ['late', 1]))).toEqual({})
  expect(inferTimeFormat(cells(['10:00', 8], ['late', 2]))).toBeUndefined()
})

test('a tenth of times beyond a day say that all of a column are durations; fewer are bad times', () => {
  const hours = inferTimeFormat(cells(['10:00:00', 85], ['25:30:00', 15]))!
  expect(inferTimeFormat(cells(['10:00:00', 95], ['25:30:00', 5]))).toEqual({})
  expect(hours).toEqual({ duration: 'whole' })
  expect([readTime('25:30:00', hours), readTime('10:15:00', hours)]).toEqual([25.5, 10.25])
})

test('hours and minutes, or minutes and seconds: in units of the first part, and never beside three parts', () => {
  const parts = inferTimeFormat(cells(['62:30', 20], ['5:15', 80]))!
  expect(parts).toEqual({ duration: 'two-part' })
  expect([readTime('62:30', parts), readTime('5:15', parts), readTime('1:05:15', parts)]).toEqual([
    62.5,
    5.25,
    undefined,
  ])
  expect(inferTimeFormat(cells(['62:30', 50], ['1:02:30', 50]))).toBeUndefined()
})
