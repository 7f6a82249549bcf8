import { checkpointSteps } from './checkpoint.ts'
import { environmentSteps } from './environment.ts'
import type { Machine, Step } from './explorer.ts'
import { invariants } from './invariants.ts'
import type { Protocol } from './protocol.ts'
import { takeoverSteps } from './takeover.ts'
import { transactionSteps, type Workload } from './transaction.ts'
import { nameOfOwner, newWorld, type Bounds, type World } from './world.ts'

export interface Scenario extends Partial<Bounds>, Partial<Workload> {
  readonly folders?: 'one folder' | 'own folders'
}

const nothingGoesWrong: Bounds = {
  crashes: 0,
  rebalances: 0,
  lostAnswers: 0,
  lateRequests: 0,
  aborts: 0,
  timeouts: 0,
  expiries: 0,
  lostOffsets: 0,
  forgottenMarkers: 0,
}

/** Both processes and the broker, each of which may take any of its next steps at any time. */
export function commitMachine(protocol: Protocol, scenario: Scenario): Machine<World> {
  const { folders = 'one folder', events = 2, sliceMax = 1, ...faults } = scenario
  const work = { events, sliceMax }
  return {
    initial: newWorld({ ...nothingGoesWrong, ...faults }, folders),
    steps(world) {
      const steps = environmentSteps(world, protocol)
      for (const index of world.owners.keys()) {
        const own: Step<World>[] = [
          ...takeoverSteps(world, index, protocol),
          ...transactionSteps(world, index, protocol, work),
          ...checkpointSteps(world, index, protocol),
        ]
        for (const { name, to } of own) steps.push({ name: `${nameOfOwner(index)}: ${name}`, to })
      }
      return steps
    },
    invariants,
    isGoal: ({ broker }) => broker.phase === 'empty' && broker.outputs.committed.length === events,
  }
}
