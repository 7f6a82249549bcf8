import type { Customer } from '../customers/customers.ts'
import type { Product } from '../recommendations/products.ts'
import type { Salesperson } from './staff.ts'

/** An open opportunity. `logit` is the latent probability of winning it, which drifts with every real visit. */
export interface Deal {
  readonly id: string
  readonly customer: Customer
  readonly product: Product
  readonly valueMinor: number
  /** Place where the customer is met. */
  readonly home: { readonly latitude: number; readonly longitude: number }
  /** Logit at which reports sound neutral. */
  readonly evenLogit: number
  salesperson: Salesperson
  logit: number
  drift: number
  revision: number
  stage: number
  readonly closeDay: number
  /** Planned close in the CRM, off by some days, ms. */
  plannedCloseAt: number
  nextVisitDay: number
}
