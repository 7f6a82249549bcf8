import {
  emptyDisk,
  frozenBrokers,
  killedBrokers,
  reassignment,
  rollingRestart,
  takenRights,
} from '../../soak/faults/brokers.ts'
import type { Fault } from '../../soak/fault.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { inflictEachOnce } from './each-fault-once.ts'

const named = (list: readonly Fault[], name: string): Fault => list.find((fault) => fault.name === name)!

/**
 * One fault of each kind; the soak campaign applies all kinds to every role of a broker. Leaders are killed and frozen
 * in tests/end-to-end/brokers-that-die.test.ts.
 */
const ofBrokers = [
  named(killedBrokers, 'kill-transaction-coordinator'),
  named(frozenBrokers, 'freeze-group-coordinator'),
  rollingRestart,
  emptyDisk,
  reassignment,
  takenRights,
]

describeWithOwnBroker('faults of three brokers', () => {
  test('killed, frozen, restarted, emptied, their work moved, rights taken away: every event counts once', async () => {
    expect(await inflictEachOnce(ofBrokers, { brokers: 3 })).toEqual([])
  }, 1_500_000)
})
