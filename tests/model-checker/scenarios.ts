import type { Scenario } from './commit-protocol.ts'
import { commitProtocol, type Protocol } from './protocol.ts'

export interface NamedScenario {
  readonly name: string
  readonly protocol: Protocol
  readonly scenario: Scenario
}

const epochEach: Protocol = { ...commitProtocol, newEpoch: 'each transaction' }
const named = (name: string, scenario: Scenario, protocol = commitProtocol): NamedScenario => ({
  name,
  protocol,
  scenario,
})

const forgetful = { events: 1, forgottenMarkers: 1, rebalances: 1, crashes: 1 }
const lossy = { lostAnswers: 1, lateRequests: 1, aborts: 1 }

/** Explored by the tests, in seconds. */
export const scenarios: readonly NamedScenario[] = [
  named('two owners, one folder, a crash', { rebalances: 1, crashes: 1 }),
  named('two owners, own folders', { rebalances: 1, folders: 'own folders' }),
  named('two owners, a lost answer', { rebalances: 1, lostAnswers: 1 }),
  named('two owners, one event, checkpoints expire', { events: 1, rebalances: 1, expiries: 1 }),
  named('two owners, one event, a transaction times out', { events: 1, rebalances: 1, timeouts: 1 }),
  named('lost and late requests, an abort', lossy),
  named('the same under KIP-890', lossy, epochEach),
  named('two late requests, an abort', { lateRequests: 2, aborts: 1 }),
  named('two crashes, three events in slices', { events: 3, sliceMax: 2, crashes: 2 }),
  named('the group’s offsets are lost, a crash', { lostOffsets: 1, crashes: 1 }),
  named('a broker forgets markers, an abort', { forgottenMarkers: 1, aborts: 1 }),
  named('a broker forgets markers, two owners, a crash, under KIP-890', forgetful, epochEach),
]

/** These take minutes: `node tests/model-checker/main.ts`. */
export const wideScenarios: readonly NamedScenario[] = [
  named('two owners, one folder, two crashes', { rebalances: 1, crashes: 2 }),
  named('two owners back and forth, own folders', { rebalances: 2, folders: 'own folders' }),
  named('two owners, checkpoints expire', { rebalances: 1, expiries: 1 }),
  named('two owners, a transaction times out', { rebalances: 1, timeouts: 1 }),
  named('two owners, three events in slices', { events: 3, sliceMax: 2, rebalances: 1 }),
  named('two owners, a late request', { rebalances: 1, lateRequests: 1 }),
  named('the same under KIP-890', { rebalances: 1, lateRequests: 1 }, epochEach),
  named('two crashes, lost and late requests, an abort', { crashes: 2, ...lossy }),
  named('two owners, a crash, lost and late requests', { rebalances: 1, crashes: 1, lostAnswers: 1, lateRequests: 1 }),
]
