import { localTime } from '../permission/local-time.ts'

/**
 * How much likelier than on average a call is answered in this hour: the hour’s share of answered calls, divided by the
 * mean of the day. 1 where hours are not told apart.
 */
export function hourWeight(answerRates: readonly number[], timeZone: string | null, now: number): number {
  if (answerRates.length === 0 || timeZone === null) return 1
  const hour = Math.floor(localTime(timeZone, now).minute / 60)
  const mean = answerRates.reduce((sum, rate) => sum + rate, 0) / answerRates.length
  return mean === 0 ? 1 : answerRates[hour]! / mean
}
