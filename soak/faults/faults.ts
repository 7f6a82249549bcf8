import type { Fault } from '../fault.ts'
import type { BrokerCount } from '../stage.ts'
import { cutRequests, delayRequests, dropRequests } from './bad-network.ts'
import { emptyDisk, frozenBrokers, killedBrokers, reassignment, rollingRestart, takenRights } from './brokers.ts'
import { clockSkew } from './clock-skew.ts'
import { cutState, flippedState, mixedState } from './damaged-state.ts'
import { fullDisk } from './full-disk.ts'
import { killAfterCommit, killBeforeCheckpoint, killBeforeCommit } from './kill-at-point.ts'
import { killInRebalance } from './kill-in-rebalance.ts'
import { killInRestore } from './kill-in-restore.ts'
import { killProcesses } from './kill-processes.ts'
import { killBroker, killDatabase, killSink } from './kill-server.ts'
import { scale } from './scale.ts'
import { stall } from './stall.ts'
import { zombie } from './zombie.ts'

/** Every fault that a campaign can inflict. */
export const faults: readonly Fault[] = [
  killProcesses,
  killBeforeCommit,
  killAfterCommit,
  killBeforeCheckpoint,
  killInRestore,
  killInRebalance,
  zombie,
  stall,
  killBroker,
  killDatabase,
  killSink,
  cutRequests,
  dropRequests,
  delayRequests,
  fullDisk,
  flippedState,
  mixedState,
  cutState,
  clockSkew,
  scale,
  ...killedBrokers,
  ...frozenBrokers,
  rollingRestart,
  emptyDisk,
  reassignment,
  takenRights,
]

/** Returns the faults that apply to this number of brokers. */
export function faultsFor(brokers: BrokerCount): readonly Fault[] {
  return faults.filter((fault) => fault.brokers === undefined || fault.brokers === brokers)
}
