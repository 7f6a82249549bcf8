import type { VNode } from 'preact'
import type { Customer } from '../api.ts'
import type { TextKey } from '../words/words.ts'

export interface CustomerTabProps {
  readonly customer: Customer
  /** Incremented when a live message concerns the customer, so that tabs reload their own data. */
  readonly revision: number
}

/** A section with data about a customer. */
export type CustomerSection = (props: CustomerTabProps) => VNode | null

/** To add a tab, export this object from a file of its subject and list it in customer-tabs.ts. */
export interface CustomerTab {
  /** Last part of the address `#/customers/<id>/<path>`. */
  readonly path: string
  readonly title: TextKey
  readonly View: CustomerSection
}
