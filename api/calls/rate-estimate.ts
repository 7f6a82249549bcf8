import { Type } from 'typebox'
import { wilsonInterval } from '../../models/evaluation/intervals.ts'
import { nullable } from '../http/schema-parts.ts'

export const Estimate = nullable(
  Type.Object({ value: Type.Number(), lower: nullable(Type.Number()), upper: nullable(Type.Number()) }),
  'Estimate with its 95 % interval; null if there is no data yet.',
)

/** Returns a rate with its 95 % Wilson interval; null if `of` is 0. */
export function rateEstimate(count: number, of: number) {
  return of === 0 ? null : { value: count / of, ...wilsonInterval(count / of, of) }
}
