import { clockSkew } from '../../soak/faults/clock-skew.ts'
import { killAfterCommit, killBeforeCheckpoint, killBeforeCommit } from '../../soak/faults/kill-at-point.ts'
import { killInRebalance } from '../../soak/faults/kill-in-rebalance.ts'
import { killInRestore } from '../../soak/faults/kill-in-restore.ts'
import { killProcesses } from '../../soak/faults/kill-processes.ts'
import { scale } from '../../soak/faults/scale.ts'
import { stall } from '../../soak/faults/stall.ts'
import { zombie } from '../../soak/faults/zombie.ts'
import { describeWithOwnBroker } from '../support/own-broker.ts'
import { inflictEachOnce } from './each-fault-once.ts'

const ofProcesses = [
  killProcesses,
  killBeforeCommit,
  killAfterCommit,
  killBeforeCheckpoint,
  killInRestore,
  killInRebalance,
  zombie,
  stall,
  clockSkew,
  scale,
]

describeWithOwnBroker('faults of processes', () => {
  test('killed anywhere, frozen, stalled, under clocks that disagree, more and fewer of them: every event counts once', async () => {
    expect(await inflictEachOnce(ofProcesses)).toEqual([])
  }, 1_500_000)
})
