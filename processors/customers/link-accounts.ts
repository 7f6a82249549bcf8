import { recordsOf, recordState } from '../../features/keyed-state.ts'
import { isNewerEvent } from '../../features/newer-revision.ts'
import {
  AccountLink,
  accountLinks,
  AccountTransaction,
  accountTransactions,
  transactions,
} from '../../schemas/customers/banking.ts'
import { EventError } from '../../schemas/event-error.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext, type KeyedState } from '../processor.ts'
import { byOther } from '../../schemas/persons.ts'

const name = 'link-accounts'
/** Movements that wait for an owner; more are rejected, so that the state of an account without one is bounded. */
const WAITING_MAX = 1_000
/** Customers linked to one account, including ended links: each movement scans them for the latest owner. */
const LINKS_MAX = 1_000

/** The latest link of each customer to the account. */
const linkKind = recordState('links', AccountLink)
/** Movements that wait for an owner, by id. */
const waitingKind = recordState('waiting', AccountTransaction)

interface LinkFacts extends RowContext {
  readonly customerId: string
  readonly movement: AccountTransaction
}

/** Turns account movements into transactions of the owner; a movement that arrives before the link waits for it. */
export const linkAccounts = processor<LinkFacts>({
  name,
  version: 1,
  purpose:
    'Finds the customer of an account movement and publishes the movement under that customer; movements wait for a late link.',
  inputs: [
    input(accountTransactions, (state, movement, requestScore) => {
      if (ownerOf(state) === undefined) {
        if (state.count(waitingKind) >= WAITING_MAX) {
          throw new EventError(
            'FOLD_FAILED',
            `${WAITING_MAX} movements of account ${movement.accountId} wait for its owner already: send its account link.`,
          )
        }
      }
      state.put(waitingKind, movement.id, movement)
      requestScore(movement.id)
    }),
    input(accountLinks, (state, link, requestScore) => {
      const held = state.get(linkKind, link.customerId)
      if (held !== undefined && !isNewerEvent(link, held)) return
      if (held === undefined && state.count(linkKind) >= LINKS_MAX) {
        throw new EventError(
          'FOLD_FAILED',
          `Account ${link.accountId} is linked to ${LINKS_MAX} customers already, the maximum: check the account id of the link.`,
        )
      }
      state.put(linkKind, link.customerId, link)
      for (const [id] of state.scan(waitingKind)) requestScore(id)
    }),
  ],
  outputs: [transactions],
  persons: {
    by: 'kind',
    kinds: {
      links: { by: 'id', fields: ['customerId'], then: 'delete' },
      waiting: byOther('the account, while nobody is known to own it'),
    },
  },
  state: [linkKind, waitingKind],
  decisionState: [],
  features: noFeatures,
  *subjects() {},
  row(state, id) {
    const customerId = ownerOf(state)
    const movement = state.get(waitingKind, id)
    if (customerId === undefined || movement === undefined) return undefined
    // Published with this event, so it no longer waits.
    state.delete(waitingKind, id)
    return { at: movement.occurredAt, customerId, movement }
  },
  decide(_decisionState, { rowContext: { customerId, movement } }, _globals, emit) {
    emit(message(transactions, { ...movement, customerId }))
  },
})

/** Returns the owner with the latest link. */
function ownerOf(state: KeyedState): string | undefined {
  let newest: AccountLink | undefined
  for (const link of recordsOf(state, linkKind)) {
    if (link.role !== 'owner' || !link.linked) continue
    if (newest === undefined || link.occurredAt > newest.occurredAt) newest = link
  }
  return newest?.customerId
}
