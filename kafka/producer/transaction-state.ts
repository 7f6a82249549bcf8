import { HangingTransactionError, IllegalStateError, ProducerFencedError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'

/** The states of a transactional producer, named as in Kafka's own client (its `TransactionManager`). */
export type TransactionState =
  /** `init` was never called, or failed. */
  | 'uninitialised'
  | 'initialising'
  /** Between two transactions. */
  | 'ready'
  /** Lasts until EndTxn is sent, since `commit` flushes first. */
  | 'in transaction'
  | 'committing'
  | 'aborting'
  /** Only `abort` or `close` is legal. */
  | 'abortable error'
  /** Fenced, a commit is unclear, or the last transaction hangs: only `close` is legal. */
  | 'fatal error'
  | 'closed'

/** Calls of the producer’s owner. A call is illegal in a state without a transition for it. */
export type TransactionCall = 'init' | 'begin' | 'commit' | 'abort'

/** Events. An event has no effect in a state without a transition for it. */
export type TransactionEvent =
  | 'initialised'
  /** The transaction has ended, and the next one may begin. */
  | 'ended'
  /** `init`, or the end of a transaction, failed. */
  | 'failed'
  /** The transaction failed. */
  | 'error'
  /** A newer owner has taken over the transactional id, or must: a transaction hangs. */
  | 'fenced'
  /** The outcome of the commit is unknown. */
  | 'unclear'
  | 'close'

type Transitions = Partial<Record<TransactionCall | TransactionEvent, TransactionState>>

const TRANSITIONS: Readonly<Record<TransactionState, Transitions>> = {
  uninitialised: { init: 'initialising', fenced: 'fatal error', close: 'closed' },
  initialising: { initialised: 'ready', failed: 'uninitialised', fenced: 'fatal error', close: 'closed' },
  ready: { init: 'initialising', begin: 'in transaction', abort: 'ready', fenced: 'fatal error', close: 'closed' },
  'in transaction': {
    commit: 'committing',
    abort: 'aborting',
    error: 'abortable error',
    fenced: 'fatal error',
    close: 'closed',
  },
  committing: {
    ended: 'ready',
    failed: 'abortable error',
    unclear: 'fatal error',
    fenced: 'fatal error',
    close: 'closed',
  },
  aborting: { ended: 'ready', failed: 'abortable error', fenced: 'fatal error', close: 'closed' },
  'abortable error': { abort: 'aborting', fenced: 'fatal error', close: 'closed' },
  'fatal error': { close: 'closed' },
  closed: { close: 'closed' },
}

/** Returns the next state; `undefined` if there is no such transition. */
export function nextState(
  state: TransactionState,
  event: TransactionCall | TransactionEvent,
): TransactionState | undefined {
  return TRANSITIONS[state][event]
}

/** A producer’s state in the life cycle of its transactions, and the first error of the open one. */
export interface TransactionStatus {
  readonly state: TransactionState
  /** Throws the earlier failure, or `IllegalStateError`, if the call is not legal now. */
  call(call: TransactionCall): void
  apply(event: Exclude<TransactionEvent, 'fenced' | 'error'>): void
  /** Records the first error of the transaction, of which later ones are consequences. */
  fail(error: KafkaError): void
  /** Records a failure to end the transaction, which replaces earlier failures. */
  failEnd(error: KafkaError): void
  mustBeInTransaction(method: string): void
}

const WHAT_TO_DO: Readonly<Record<TransactionState, string>> = {
  uninitialised: 'call init first',
  initialising: 'await init first',
  ready: 'call begin first',
  'in transaction': 'commit or abort first',
  committing: 'await commit or abort first',
  aborting: 'await commit or abort first',
  'abortable error': 'abort first',
  'fatal error': 'make a new producer',
  closed: 'make a new producer',
}

export function createTransactionStatus(transactionalId: string): TransactionStatus {
  let failure: KafkaError | undefined
  const status = { state: 'uninitialised' as TransactionState }

  const move = (event: TransactionCall | TransactionEvent): void => {
    status.state = nextState(status.state, event) ?? status.state
  }

  function illegalStateError(method: string): Error {
    return new IllegalStateError(`${method} of ${transactionalId}: not now, ${WHAT_TO_DO[status.state]}${afterWhat()}`)
  }

  function afterWhat(): string {
    if (status.state === 'closed') return `, after: ${failure?.message ?? 'close'}`
    const hasFailed = status.state === 'abortable error' || status.state === 'fatal error'
    return hasFailed && failure ? `, after: ${failure.message}` : ''
  }

  /** `init` and `abort` throw an earlier failure only if it is permanent. */
  const explains = (call: TransactionCall): boolean =>
    call !== 'init' && (call !== 'abort' || status.state === 'fatal error' || status.state === 'closed')

  function fail(error: KafkaError): void {
    move(error instanceof ProducerFencedError || error instanceof HangingTransactionError ? 'fenced' : 'error')
    failure ??= error
  }

  return Object.assign(status, {
    call(call: TransactionCall): void {
      if (nextState(status.state, call) === undefined) throw (explains(call) && failure) || illegalStateError(call)
      move(call)
    },
    apply(event: TransactionEvent): void {
      move(event)
      if (event === 'ended') failure = undefined
    },
    fail,
    failEnd(error: KafkaError): void {
      move('failed')
      failure = undefined
      fail(error)
    },
    mustBeInTransaction(method: string): void {
      // Calls within a failed transaction throw its failure.
      if (status.state !== 'in transaction') throw failure ?? illegalStateError(method)
    },
  })
}
