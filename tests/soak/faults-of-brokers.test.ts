import { emptyDisk, reassignment, rollingRestart, takenRights } from '../../soak/faults/brokers.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { inflictEachOnce } from './each-fault-once.ts'

/**
 * Brokers are killed and frozen in tests/end-to-end/brokers-that-die.test.ts; the soak campaign does it to every role of
 * a broker.
 */
const ofBrokers = [rollingRestart, emptyDisk, reassignment, takenRights]

describeWithOwnBroker('faults of three brokers', () => {
  test('restarted, emptied, their work moved, rights taken away: every event counts once', async () => {
    expect(await inflictEachOnce(ofBrokers, { brokers: 3 })).toEqual([])
  }, 1_500_000)
})
