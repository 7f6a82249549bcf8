import { amountText, minorUnits } from '../../../schemas/minor-units.ts'
import type { Outlook } from '../../../schemas/visits/outlook.ts'
import type { PlanningWeights } from './default-planning.ts'

export interface Worth extends Pick<Outlook, 'worthMinor' | 'worthFrom' | 'currency'> {
  /** How the worth was determined, for a salesperson. */
  readonly reason: string
}

/**
 * Returns what an opportunity is worth in the currency of the organisation. Amounts in different currencies are never
 * compared directly: without a rate the value is unknown, and the reason says so.
 */
export function worthOf(
  told: { readonly valueMinor: number | null; readonly currency: string | null },
  { currency, rates, worthIfUnknownMinor }: PlanningWeights,
): Worth {
  const assumed = (why: string): Worth => ({
    worthMinor: worthIfUnknownMinor,
    worthFrom: 'assumed',
    currency,
    reason: `${why}; ${amountText(worthIfUnknownMinor, currency)} is assumed.`,
  })
  if (told.valueMinor === null) return assumed('Its value is not known')
  if (told.currency === null) return assumed('Its value has no currency')
  if (told.currency === currency) {
    const reason = `Worth ${amountText(told.valueMinor, currency)}.`
    return { worthMinor: told.valueMinor, worthFrom: 'told', currency, reason }
  }
  const rate = Object.hasOwn(rates, told.currency) ? rates[told.currency] : undefined
  if (rate === undefined) return assumed(`Its value is in ${told.currency}, for which no rate is set`)
  const worthMinor = Math.round((told.valueMinor / minorUnits(told.currency)) * rate * minorUnits(currency))
  const inOwn = amountText(told.valueMinor, told.currency)
  const reason = `Worth ${inOwn}, ${amountText(worthMinor, currency)} at a rate of ${rate}.`
  return { worthMinor, worthFrom: 'converted', currency, reason }
}
