import { dateIn, numberIn } from '../../../models/table/cells.ts'

test.each([
  ['17', 'point', 17],
  [' -3.5 ', 'point', -3.5],
  ['.5', 'point', 0.5],
  ['1e-3', 'point', 0.001],
  ['1,234,567.8', 'point', 1_234_567.8],
  ['12.5 %', 'point', 0.125],
  ['3,5', 'comma', 3.5],
  ['1.234,5', 'comma', 1234.5],
  ['-Infinity', 'point', -Infinity],
] as const)('%j with a decimal %s is %d', (cell, style, value) => expect(numberIn(cell, style)).toBe(value))

test.each([
  ['3,5', 'point'],
  ['1,23,4', 'point'],
  ['', 'point'],
  ['abc', 'point'],
  ['0x10', 'point'],
  ['1 2', 'point'],
  ['3.5', 'comma'],
] as const)('%j with a decimal %s is no number', (cell, style) => expect(numberIn(cell, style)).toBeUndefined())

test.each([
  ['2026-11-23', Date.UTC(2026, 10, 23)],
  ['2026/1/5', Date.UTC(2026, 0, 5)],
  ['23.11.2026', Date.UTC(2026, 10, 23)],
  ['2026-11-23 08:30', Date.UTC(2026, 10, 23, 8, 30)],
  ['2026-11-23T08:30:15.250Z', Date.UTC(2026, 10, 23, 8, 30, 15)],
  ['2026-11-23T08:30:00+08:00', Date.UTC(2026, 10, 23, 0, 30)],
  ['2026-11-23T08:30:00-0130', Date.UTC(2026, 10, 23, 10)],
])('%s is a moment', (cell, at) => expect(dateIn(cell)).toBe(at))

test.each(['2026-02-30', '2026-13-01', '11/23/2026', '2026-11-23 25:00', '20261123', 'Monday'])(
  '%s is no date that can not be misread',
  (cell) => expect(dateIn(cell)).toBeUndefined(),
)
