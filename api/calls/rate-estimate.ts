import { Type } from 'typebox'
import { halfWidthOfMean, wilsonInterval } from '../../models/evaluation/intervals.ts'
import { nullable } from '../http/schema-parts.ts'

export const Estimate = nullable(
  Type.Object({ value: Type.Number(), lower: nullable(Type.Number()), upper: nullable(Type.Number()) }),
  'Estimate with its 95 % interval; null if there is no data yet.',
)

/** Returns a rate with its 95 % Wilson interval; null if `of` is 0. */
export function rateEstimate(count: number, of: number) {
  return of === 0 ? null : { value: count / of, ...wilsonInterval(count / of, of) }
}

/** Returns a mean talk time in seconds with its 95 % interval; null if there is none. */
export function talkEstimate(value: number | null, deviation: number | null, count: number) {
  if (value === null) return null
  if (deviation === null) return { value, lower: null, upper: null }
  const half = halfWidthOfMean(deviation, count)
  return { value, lower: Math.max(0, value - half), upper: value + half }
}
