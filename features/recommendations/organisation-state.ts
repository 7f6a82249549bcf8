import { mergeKind, newerOf } from '../merge-kinds.ts'
import type { Purchase } from '../../schemas/customers/banking.ts'
import { type Opportunity } from '../../schemas/visits/visits.ts'
import { Contact, Organisation } from '../../schemas/recommendations/organisations.ts'
import { bucketOf } from '../hashed-names.ts'
import { recordState, numericState, type KeyedState } from '../keyed-state.ts'
import { valueId } from '../string-hash.ts'

/** The latest state of the organisation. */
const organisationKind = recordState<Organisation>('organisation', Organisation)
/** The latest state of each contact person, by id, including those who have left. */
const contactKind = recordState<Contact>('contacts', Contact)

/** Slots of purchases: quantity, last time, sum, and the quantity of each product by its hash. */
export const PRODUCT_BUCKETS = 8
export const bought = { count: 0, latest: 1, spent: 2, products: 3 } as const
const boughtKind = numericState('bought', bought.products + PRODUCT_BUCKETS)

export const organisationKinds = [organisationKind, contactKind, boughtKind] as const

/** Everything known about an organisation. */
export interface OrganisationView {
  readonly organisation: Organisation
  /** Contact persons in order of id. */
  readonly contacts: readonly Contact[]
  readonly opportunities: readonly Opportunity[]
  /** Purchases, in the slots that `bought` names; `undefined` if there are none. */
  readonly bought: Float64Array | undefined
}

/** Stores an organisation unless a newer one is stored, by event time and then by id; returns whether it was stored. */
export function rememberOrganisation(state: KeyedState, organisation: Organisation): boolean {
  if (!isNewer(organisation, state.get(organisationKind, ''))) return false
  state.put(organisationKind, '', organisation)
  return true
}

export function rememberContact(state: KeyedState, contact: Contact): boolean {
  const id = valueId(contact.contactId)
  if (!isNewer(contact, state.get(contactKind, id))) return false
  state.put(contactKind, id, contact)
  return true
}

export function rememberBought(state: KeyedState, { occurredAt, amountMinor, quantity, product }: Purchase): void {
  const slots = state.get(boughtKind, '') ?? new Float64Array(bought.products + PRODUCT_BUCKETS)
  slots[bought.count]! += quantity
  slots[bought.latest] = Math.max(slots[bought.latest]!, occurredAt)
  slots[bought.spent]! += amountMinor
  if (product !== null) slots[bought.products + bucketOf(product, PRODUCT_BUCKETS)]! += quantity
  state.put(boughtKind, '', slots)
}

/** Adds what another customer's state knows of the organisation. */
export function mergeOrganisation(state: KeyedState, other: KeyedState): void {
  mergeKind(state, other, organisationKind, newerOf)
  mergeKind(state, other, contactKind, newerOf)
  mergeKind(state, other, boughtKind, (mine, theirs) =>
    mine.map((number, slot) => (slot === bought.latest ? Math.max(number, theirs[slot]!) : number + theirs[slot]!)),
  )
}

/**
 * Returns everything known about the key’s organisation; `undefined` if it has none. `opportunities`: the customer’s
 * current ones.
 */
export function organisationView(
  state: KeyedState,
  opportunities: readonly Opportunity[],
): OrganisationView | undefined {
  const organisation = state.get(organisationKind, '')
  if (organisation === undefined) return undefined
  const contacts = Array.from(state.scan(contactKind), ([, contact]) => contact)
  return { organisation, contacts, opportunities, bought: state.get(boughtKind, '') }
}

/** Returns the interests of a contact person: the categories, or without any the person’s own words. */
export function interestsOf({ categories, interests }: Pick<Contact, 'categories' | 'interests'>): readonly string[] {
  return [...new Set(categories.length > 0 ? categories : interests)]
}

function isNewer(
  one: { readonly occurredAt: number; readonly id: string },
  stored: { readonly occurredAt: number; readonly id: string } | undefined,
): boolean {
  if (stored === undefined || one.occurredAt !== stored.occurredAt)
    return stored === undefined || one.occurredAt > stored.occurredAt
  return one.id > stored.id
}
