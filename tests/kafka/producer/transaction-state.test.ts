import fc from 'fast-check'
import { IllegalStateError, KafkaError, ProducerFencedError } from '../../../kafka/errors.ts'
import { createTransactionStatus, nextState } from '../../../kafka/producer/transaction-state.ts'
import type { TransactionCall, TransactionEvent, TransactionState } from '../../../kafka/producer/transaction-state.ts'

const calls: readonly TransactionCall[] = ['init', 'begin', 'commit', 'abort']
const facts: readonly TransactionEvent[] = ['initialised', 'ended', 'failed', 'error', 'fenced', 'unclear', 'close']

/** One row per state, one column per call or fact in the order above; `-`: no such transition. */
const TABLE = `
uninitialised   | initialising | -              | -          | -        | -     | -     | -               | -               | fatal error | -           | closed
initialising    | -            | -              | -          | -        | ready | -     | uninitialised   | -               | fatal error | -           | closed
ready           | initialising | in transaction | -          | ready    | -     | -     | -               | -               | fatal error | -           | closed
in transaction  | -            | -              | committing | aborting | -     | -     | -               | abortable error | fatal error | -           | closed
committing      | -            | -              | -          | -        | -     | ready | abortable error | -               | fatal error | fatal error | closed
aborting        | -            | -              | -          | -        | -     | ready | abortable error | -               | fatal error | -           | closed
abortable error | -            | -              | -          | aborting | -     | -     | -               | -               | fatal error | -           | closed
fatal error     | -            | -              | -          | -        | -     | -     | -               | -               | -           | -           | closed
closed          | -            | -              | -          | -        | -     | -     | -               | -               | -           | -           | closed`

const rows = TABLE.trim()
  .split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()))
const transitions = rows.flatMap(([state, ...cells]) =>
  [...calls, ...facts].map((event, column) => [state as TransactionState, event, cells[column]!] as const),
)

describe('the states of a transaction', () => {
  it.each(transitions)('%s, %s: %s', (state, event, next) => {
    expect(nextState(state, event)).toBe(next === '-' ? undefined : next)
  })

  it('is fatal for good: only closing leads out of it, and nothing out of that', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...calls, ...facts), { maxLength: 40 }), (events) => {
        let state: TransactionState = 'uninitialised'
        for (const event of events) {
          const next: TransactionState = nextState(state, event) ?? state
          if (state === 'fatal error') expect(['fatal error', 'closed']).toContain(next)
          if (state === 'closed') expect(next).toBe('closed')
          if (next === 'in transaction' && state !== next) expect([state, event]).toEqual(['ready', 'begin'])
          state = next
        }
      }),
    )
  })
})

const broken = new KafkaError('the record is too large', 'MESSAGE_TOO_LARGE', 'abortable')
const fenced = new ProducerFencedError('a newer owner has the id', 'PRODUCER_FENCED', 'fatal')

function inTransaction() {
  const status = createTransactionStatus('scores-3')
  status.call('init')
  status.apply('initialised')
  status.call('begin')
  return status
}

describe('the status of a producer', () => {
  it('says what to do if a call is illegal', () => {
    const status = createTransactionStatus('scores-3')
    expect(() => status.call('begin')).toThrow(new IllegalStateError('begin of scores-3: not now, call init first'))
    expect(() => inTransaction().call('begin')).toThrow('begin of scores-3: not now, commit or abort first')
    expect(() => inTransaction().call('init')).toThrow('init of scores-3: not now, commit or abort first')
  })

  it('keeps the first error of a transaction until it is aborted', () => {
    const status = inTransaction()
    status.fail(broken)
    status.fail(new KafkaError('follows from it', 'X', 'abortable'))
    expect(() => status.mustBeInTransaction('flush')).toThrow(broken)
    expect(() => status.call('begin')).toThrow(broken)
    expect(() => status.call('init')).toThrow('init of scores-3: not now, abort first, after: the record is too large')
    status.call('abort')
    status.apply('ended')
    status.call('begin')
    expect(status.state).toBe('in transaction')
  })

  it('names the error of a failed end, not an earlier failure', () => {
    const status = inTransaction()
    status.fail(broken)
    status.call('abort')
    status.failEnd(new KafkaError('no coordinator', 'COORDINATOR_NOT_AVAILABLE', 'retriable'))
    expect(status.state).toBe('abortable error')
    expect(() => status.call('begin')).toThrow('no coordinator')
  })

  it.each(['begin', 'abort'] as const)('answers %s of a fenced producer with why', (call) => {
    const status = inTransaction()
    status.fail(fenced)
    expect(status.state).toBe('fatal error')
    expect(() => status.call(call)).toThrow(fenced)
    expect(() => status.call('init')).toThrow(
      'init of scores-3: not now, make a new producer, after: a newer owner has the id',
    )
  })

  it('stays closed, whatever was in progress', () => {
    const status = inTransaction()
    status.call('commit')
    status.apply('close')
    status.apply('ended')
    expect(() => status.call('begin')).toThrow('begin of scores-3: not now, make a new producer, after: close')
  })
})
