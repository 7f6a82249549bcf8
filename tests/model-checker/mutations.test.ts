/** Each choice of the protocol is necessary: without it, the checker finds a counterexample. */
import { commitMachine, type Scenario } from './commit-protocol.ts'
import { describeCounterexample, explore, type Counterexample } from './explorer.ts'
import { commitProtocol, type Protocol } from './protocol.ts'

interface Mutation {
  readonly name: string
  readonly changes: Partial<Protocol>
  readonly scenario: Scenario
  /** The invariant that breaks first. */
  readonly violated: string
  /** The first violation that is visible outside of the task; left out where the path to it is long. */
  readonly visible?: string
}

const mutations: readonly Mutation[] = [
  {
    name: 'no new epoch after a lost answer: a late commit ends the next transaction halfway',
    changes: { newEpoch: 'never' },
    scenario: { lateRequests: 1 },
    violated: 'one fate',
    visible: 'one fate: 2 outputs, position 1 in the changelog, 1 in the group',
  },
  {
    name: 'restoring before fencing: the former owner commits after the end that was restored to',
    changes: { takeover: 'restore, then fence' },
    scenario: { rebalances: 1 },
    violated: 'state',
    visible: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'seeking to the group’s offsets: they are lost, and the state is not',
    changes: { seeksTo: 'group offsets' },
    scenario: { crashes: 1, lostOffsets: 1 },
    violated: 'state',
    visible: 'outputs: published: 0 from 0, 0 from 00',
  },
  {
    name: 'a store without an owner: the former owner of the task writes to it',
    changes: { storeBelongsTo: 'anyone' },
    scenario: { rebalances: 1 },
    violated: 'state',
  },
  {
    name: 'a store that a fenced process can claim: it restores older records while the owner reads',
    changes: { storeBelongsTo: 'last to claim' },
    scenario: { rebalances: 1 },
    violated: 'state',
  },
  {
    name: 'a checkpoint offset at the log’s end: a paused owner includes its successor’s records',
    changes: { checkpointOffset: 'log end' },
    scenario: { rebalances: 2, folders: 'own folders' },
    violated: 'store',
    visible: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'a store cleared without checking its owner: a late owner empties the store of its successor',
    changes: { clears: 'unchecked' },
    scenario: { events: 1, rebalances: 1, expiries: 1 },
    violated: 'state',
  },
  {
    name: 'metadata written before the records that it covers: a crash in between loses them',
    changes: { metadataWith: 'first piece' },
    scenario: { crashes: 1, events: 3 },
    violated: 'store',
    visible: 'outputs: published: 0 from 0, 1 from 1, 2 from 2',
  },
  {
    name: 'a checkpoint offset that covers the open transaction: its records are in no store',
    changes: { checkpoints: 'inside a transaction' },
    scenario: { crashes: 1 },
    violated: 'store',
    visible: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'a checkpoint of staged records: they are aborted, and stay',
    changes: { checkpoints: 'inside a transaction, with staged records' },
    scenario: { crashes: 1 },
    violated: 'store',
    visible: 'outputs: published: 1 from 1',
  },
  {
    name: 'an unclear commit treated as aborted: it was executed',
    changes: { unclearCommit: 'treated as aborted' },
    scenario: { lostAnswers: 1 },
    violated: 'state',
    visible: 'outputs: published: 0 from 0, 0 from 0',
  },
  {
    name: 'an unclear commit treated as committed: it never arrived',
    changes: { unclearCommit: 'treated as committed' },
    scenario: { lateRequests: 1 },
    violated: 'state',
    visible: 'outputs: published: 1 from 1',
  },
  {
    name: 'a batch that is aborted and not rolled back: it is folded twice',
    changes: { rollsBackAborted: false },
    scenario: { aborts: 1 },
    violated: 'state',
    visible: 'outputs: published: 0 from 00',
  },
  {
    name: 'a hanging transaction left open: readers wait behind it forever',
    changes: { hanging: 'left open' },
    scenario: { forgottenMarkers: 1 },
    violated: 'progress',
    visible: 'progress: no path leads to a goal from here',
  },
  {
    name: 'a hanging transaction ended by a new one: its owner crashes halfway, and the next aborts both',
    changes: { hangingEndedBy: 'a transaction' },
    scenario: { forgottenMarkers: 1, crashes: 1 },
    violated: 'confirmed work',
  },
  {
    name: 'a session that survives a broker which forgot markers: its next abort undoes confirmed work',
    changes: { afterBrokerCrash: 'continues' },
    scenario: { forgottenMarkers: 1, aborts: 1 },
    violated: 'state',
    visible: 'confirmed work: confirmed up to 1, committed up to 0',
  },
]

const visibleOutside = ['outputs', 'one fate', 'confirmed work']

test.each(mutations)('$name', ({ changes, scenario, violated, visible }) => {
  const machine = commitMachine({ ...commitProtocol, ...changes }, scenario)
  expect(explore(machine).counterexample?.violated).toBe(violated)
  if (visible === undefined) return
  const visibleInvariants = machine.invariants.filter(({ name }) => visibleOutside.includes(name))
  expect(firstLine(explore({ ...machine, invariants: visibleInvariants }).counterexample)).toBe(visible)
})

test('a counterexample reads as a story', () => {
  const machine = commitMachine({ ...commitProtocol, rollsBackAborted: false }, { aborts: 1 })
  expect(describeCounterexample(explore(machine).counterexample!)).toBe(
    [
      'state: A goes on from event 0 with even=0 odd=– position=1; committed is even=– odd=– position=–',
      '   1. A: starts to take the task over',
      '   2. A: fences every former owner',
      '   3. A: claims the store',
      '   4. A: asks for the changelog’s end',
      '   5. A: restores the changelog up to 0',
      '   6. A: has restored, seeks to event 0 by the group’s offset',
      '   7. A: takes event 0 and writes the outputs',
      '   8. A: rolls the batch back',
    ].join('\n'),
  )
})

test('the group’s offsets and the log’s end are sufficient as long as nothing is lost', () => {
  const byGroup: Protocol = { ...commitProtocol, seeksTo: 'group offsets' }
  const byEnd: Protocol = { ...commitProtocol, checkpointOffset: 'log end' }
  expect(explore(commitMachine(byGroup, { crashes: 1, lostAnswers: 1 })).counterexample).toBeUndefined()
  expect(explore(commitMachine(byEnd, { rebalances: 1, folders: 'one folder' })).counterexample).toBeUndefined()
})

function firstLine(counterexample: Counterexample | undefined): string | undefined {
  return counterexample && describeCounterexample(counterexample).split('\n')[0]
}
