import { AuthorizationError, KafkaError, ProducerFencedError } from '../../../kafka/errors.ts'
import { StoreWriteError } from '../../../streams/state/store-errors.ts'
import { levelOf, restartPauseMs } from '../../../streams/task/failures.ts'

const FENCED_PAUSE_MS = 46_000
const bug = new Error('a bug')
const brokerAway = new KafkaError('away', 'NOT_ENOUGH_REPLICAS', 'retriable')
const diskFull = new StoreWriteError('no space')
const fenced = new ProducerFencedError('fenced', 'PRODUCER_FENCED', 'fatal')
const forbidden = new AuthorizationError('denied', 'TOPIC_AUTHORIZATION_FAILED', 'fatal')

test.each([
  ['a first failure', bug, 1, 100],
  ['the eighth in a row', bug, 8, 10_000],
  ['the ninth in a row: the process should stop', bug, 9, undefined],
  ['a broker that has been away for long is asked every second', brokerAway, 50, 1_000],
  ['a full disk is waited for', diskFull, 50, 10_000],
  ['a missing permission is waited for', forbidden, 50, 1_000],
  ['a lost transactional id: the group has time to say so', fenced, 1, FENCED_PAUSE_MS],
])('%s', (_, error, failures, pauseMs) => {
  expect(restartPauseMs(error, failures, FENCED_PAUSE_MS)).toBe(pauseMs)
})

test('what an operator can mend is an error, what passes or may pass a warning', () => {
  expect([diskFull, forbidden].map(levelOf)).toEqual(['error', 'error'])
  expect([bug, brokerAway, fenced].map(levelOf)).toEqual(['warn', 'warn', 'warn'])
})
