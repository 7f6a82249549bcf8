import type { Customer } from '../customers/customers.ts'
import type { Product } from '../recommendations/products.ts'
import type { Salesperson } from './staff.ts'

/** An open opportunity. `logit` is the latent chance to win it: it drifts with every visit that moves something. */
export interface Deal {
  readonly id: string
  readonly customer: Customer
  readonly product: Product
  readonly valueMinor: number
  /** Where the customer is met. */
  readonly home: { readonly latitude: number; readonly longitude: number }
  /** The logit of the base rate; reports sound neutral there. */
  readonly evenLogit: number
  salesperson: Salesperson
  logit: number
  drift: number
  revision: number
  stage: number
  readonly closeDay: number
  /** What the CRM expects: right to some days, ms. */
  plannedCloseAt: number
  nextVisitDay: number
}
