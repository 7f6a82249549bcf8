import { clockSkew } from '../../soak/faults/clock-skew.ts'
import { killAfterCommit, killBeforeCheckpoint, killBeforeCommit } from '../../soak/faults/kill-at-point.ts'
import { killInRebalance } from '../../soak/faults/kill-in-rebalance.ts'
import { killInRestore } from '../../soak/faults/kill-in-restore.ts'
import { stall } from '../../soak/faults/stall.ts'
import { zombie } from '../../soak/faults/zombie.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { inflictEachOnce } from './each-fault-once.ts'

/**
 * Kills at random moments are in tests/end-to-end/kill-processors.test.ts; adding and removing processes comes with
 * rebalances.
 */
const ofProcesses = [
  killBeforeCommit,
  killAfterCommit,
  killBeforeCheckpoint,
  killInRestore,
  killInRebalance,
  zombie,
  stall,
  clockSkew,
]

describeWithOwnBroker('faults of processes', () => {
  test('killed at each point, frozen, stalled, under clocks that disagree: every event counts once', async () => {
    expect(await inflictEachOnce(ofProcesses)).toEqual([])
  }, 1_500_000)
})
