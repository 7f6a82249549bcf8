import { IllegalStateError, ProducerFencedError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'

/** The states of a transactional producer, by the names of Kafka's own client (its `TransactionManager`). */
export type TransactionState =
  /** `init` was never called, or failed. */
  | 'uninitialised'
  | 'initialising'
  /** Between two transactions. */
  | 'ready'
  /** Until the coordinator is told to end it: `commit` sends what is left first. */
  | 'in transaction'
  | 'committing'
  | 'aborting'
  /** Only `abort` or `close` is legal. */
  | 'abortable error'
  /** Fenced, or it is unclear what became of a commit: only `close` is legal. */
  | 'fatal error'
  | 'closed'

/** What the producer's owner asks for. Where a state has no transition for it, it is illegal. */
export type TransactionCall = 'init' | 'begin' | 'commit' | 'abort'

/** What happened. Where a state has no transition for it, it changes nothing. */
export type TransactionFact =
  | 'initialised'
  /** The transaction is ended, and the next one may begin. */
  | 'ended'
  /** `init`, or the end of a transaction, did not come off. */
  | 'failed'
  /** Something within the transaction went wrong. */
  | 'error'
  /** A newer owner has the transactional id. */
  | 'fenced'
  /** No answer told whether the transaction was committed. */
  | 'unclear'
  | 'close'

type Transitions = Partial<Record<TransactionCall | TransactionFact, TransactionState>>

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

/** `undefined`: the state has no such transition. */
export function nextState(state: TransactionState, event: TransactionCall | TransactionFact): TransactionState | undefined {
  return TRANSITIONS[state][event]
}

/** Where a producer is in the life of its transactions, and the first error of the open one. */
export interface TransactionStatus {
  readonly state: TransactionState
  /** Throws what failed before, or `IllegalStateError`, where the call is not legal now. */
  call(call: TransactionCall): void
  tell(fact: Exclude<TransactionFact, 'fenced' | 'error'>): void
  /** Remembers the first error: what follows from it is of no interest. */
  fail(error: KafkaError): void
  /** An end did not come off: what failed in the transaction before is of no interest any more. */
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

  const move = (event: TransactionCall | TransactionFact): void => {
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

  /** `init` and `abort` are told of an earlier failure only where it can't be mended. */
  const explains = (call: TransactionCall): boolean =>
    call !== 'init' && (call !== 'abort' || status.state === 'fatal error' || status.state === 'closed')

  function fail(error: KafkaError): void {
    move(error instanceof ProducerFencedError ? 'fenced' : 'error')
    failure ??= error
  }

  return Object.assign(status, {
    call(call: TransactionCall): void {
      if (nextState(status.state, call) === undefined) throw (explains(call) && failure) || illegalStateError(call)
      move(call)
    },
    tell(fact: TransactionFact): void {
      move(fact)
      if (fact === 'ended') failure = undefined
    },
    fail,
    failEnd(error: KafkaError): void {
      move('failed')
      failure = undefined
      fail(error)
    },
    mustBeInTransaction(method: string): void {
      // A call within a transaction that has failed meanwhile is told what failed.
      if (status.state !== 'in transaction') throw failure ?? illegalStateError(method)
    },
  })
}
