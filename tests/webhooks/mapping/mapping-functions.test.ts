import { mappingFunctions } from '../../../webhooks/mapping/mapping-functions.ts'

const { time, seconds, minor, numeric, text } = mappingFunctions
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

test.each([
  ['2024-05-01T10:00:00Z', undefined, '2024-05-01T10:00:00.000Z'],
  ['2024-05-01T10:00:00.000+0000', undefined, '2024-05-01T10:00:00.000Z'],
  ['2024-05-01T10:00:00+03:00', 'Asia/Shanghai', '2024-05-01T07:00:00.000Z'],
  ['2024-05-01 10:00:00', 'Europe/Moscow', '2024-05-01T07:00:00.000Z'],
  ['2024-05-01 10:00:00 +0800', undefined, '2024-05-01T02:00:00.000Z'],
  ['2024-05-01', 'America/New_York', '2024-05-01T04:00:00.000Z'],
  ['2024-05-01', '+03:00', '2024-04-30T21:00:00.000Z'],
  ['2024-03-31T03:30:00', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
  [1714557600000, undefined, '2024-05-01T10:00:00.000Z'],
  ['1714557600000', undefined, '2024-05-01T10:00:00.000Z'],
  ['', undefined, null],
  [null, undefined, null],
  [undefined, undefined, null],
])('the time %j in zone %j is %s', (value, zone, expected) => expect(iso(time(value, zone))).toBe(expected))

test.each([
  ['2024-05-01 10:00:00', undefined, /has no zone/],
  ['2024-05-01', undefined, /has no zone/],
  ['1714557600', undefined, /\$seconds/],
  ['01.05.2024', 'Europe/Moscow', /not a time/],
  ['2024-02-30', 'UTC', /does not|exists/],
  ['2024-05-01T10:00:00', 'Mars/Base', /not a time zone/],
  [{ at: 1 }, undefined, /neither a text nor a number/],
])('the time %j in zone %j is refused, never guessed', (value, zone, reason) =>
  expect(() => time(value, zone)).toThrow(reason),
)

test.each([
  ['1234.5', 'EUR', 123450],
  [1234.56, 'EUR', 123456],
  ['-0.07', 'EUR', -7],
  ['100.00', 'JPY', 100],
  ['1.234', 'KWD', 1234],
  ['', 'EUR', null],
])('%j %s is %j minor units', (value, currency, expected) => expect(minor(value, currency)).toBe(expected))

test.each([
  ['1,234.50', 'EUR', /decimal point/],
  ['12,5', 'EUR', /decimal point/],
  ['1.005', 'EUR', /more than 2 decimals/],
  ['10', undefined, /currency/],
  ['999999999999999', 'EUR', /too large/],
])('the amount %j %s is refused', (value, currency, reason) => expect(() => minor(value, currency)).toThrow(reason))

test('seconds, numbers and texts', () => {
  expect(seconds('1714557600')).toBe(1714557600000)
  expect(numeric(' 42.5 ')).toBe(42.5)
  expect(() => numeric('12 pcs')).toThrow('is not a number')
  expect(() => numeric('Infinity')).toThrow('is not a number')
  expect([text('  a '), text(7), text(' '), text(null)]).toEqual(['a', '7', null, null])
})
