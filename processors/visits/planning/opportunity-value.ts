import { amountText, minorUnits } from '../../../schemas/minor-units.ts'
import type { Outlook } from '../../../schemas/visits/outlook.ts'
import type { PlanningWeights } from './default-planning.ts'

export interface OpportunityValue extends Pick<Outlook, 'worthMinor' | 'worthFrom' | 'currency'> {
  /** How the worth was determined, for a salesperson. */
  readonly reason: string
}

/**
 * Returns what an opportunity is worth in the currency of the organisation. Amounts in different currencies are never
 * compared directly: without a rate the value is unknown, and the reason says so.
 */
export function opportunityValue(
  stated: { readonly valueMinor: number | null; readonly currency: string | null },
  { currency, rates, worthIfUnknownMinor }: PlanningWeights,
): OpportunityValue {
  const assumed = (why: string): OpportunityValue => ({
    worthMinor: worthIfUnknownMinor,
    worthFrom: 'assumed',
    currency,
    reason: `${why}; ${amountText(worthIfUnknownMinor, currency)} is assumed.`,
  })
  if (stated.valueMinor === null) return assumed('Its value is not known')
  if (stated.currency === null) return assumed('Its value has no currency')
  if (stated.currency === currency) {
    const reason = `Worth ${amountText(stated.valueMinor, currency)}.`
    return { worthMinor: stated.valueMinor, worthFrom: 'told', currency, reason }
  }
  const rate = Object.hasOwn(rates, stated.currency) ? rates[stated.currency] : undefined
  if (rate === undefined) return assumed(`Its value is in ${stated.currency}, for which no rate is set`)
  const worthMinor = Math.round((stated.valueMinor / minorUnits(stated.currency)) * rate * minorUnits(currency))
  const inOwn = amountText(stated.valueMinor, stated.currency)
  const reason = `Worth ${inOwn}, ${amountText(worthMinor, currency)} at a rate of ${rate}.`
  return { worthMinor, worthFrom: 'converted', currency, reason }
}
