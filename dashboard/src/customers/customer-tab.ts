import type { VNode } from 'preact'
import type { Customer } from '../api.ts'

export interface CustomerTabProps {
  readonly customer: Customer
  /** Grows when something of the customer came live: what was read besides is read again. */
  readonly revision: number
}

/** A part of what is known of a customer. */
export type CustomerSection = (props: CustomerTabProps) => VNode | null

/** A tab is this object in a file of its subject, and an entry in customer-tabs.ts. */
export interface CustomerTab {
  readonly title: string
  readonly View: CustomerSection
}
