import { localTime } from '../permission/local-time.ts'

/**
 * Returns how much likelier than average a call is answered in the current local hour: that hour’s answer rate divided
 * by the mean of the day. 1 if there are no rates by hour.
 */
export function hourWeight(answerRates: readonly number[], timeZone: string | null, now: number): number {
  if (answerRates.length === 0 || timeZone === null) return 1
  const hour = Math.floor(localTime(timeZone, now).minute / 60)
  const mean = answerRates.reduce((sum, rate) => sum + rate, 0) / answerRates.length
  return mean === 0 ? 1 : answerRates[hour]! / mean
}
