import { formatCount, formatInterval, formatTick, formatNumber, formatShare } from '../../../retrainer/report/format.ts'

test.each([
  [formatNumber(0.123456), '0.1235'],
  [formatNumber(12_345.6), '12,350'],
  [formatNumber(-0.0000125), '-0.000013'],
  [formatNumber(-0.0000001), '0'],
  [formatNumber(null), '–'],
  [formatTick(0.30000000000000004), '0.3'],
  [formatTick(2000), '2,000'],
  [formatCount(12_345), '12,345'],
  [formatCount(2.345), '2.3'],
  [formatShare(0.1234), '12.3%'],
  [formatShare(undefined), '–'],
  [formatInterval(0.1, 0.2), '0.1 to 0.2'],
  [formatInterval(null, 0.2), '–'],
])('%s', (text, expected) => expect(text).toBe(expected))
