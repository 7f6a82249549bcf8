/** Each choice of the protocol is there for a reason: without it the checker finds the way to the harm. */
import { commitMachine, type Scenario } from './commit-protocol.ts'
import { describeCounterexample, explore, type Counterexample } from './explorer.ts'
import { commitProtocol, type Protocol } from './protocol.ts'

interface Mutation {
  readonly name: string
  readonly changes: Partial<Protocol>
  readonly scenario: Scenario
  /** The invariant that breaks first. */
  readonly violated: string
  /** What everybody can see of it once it has gone its way; left out where the way there is long. */
  readonly seen?: string
}

const mutations: readonly Mutation[] = [
  {
    name: 'no new epoch after a lost answer: a late commit ends the next transaction in its middle',
    changes: { newEpoch: 'never' },
    scenario: { lateRequests: 1 },
    violated: 'one fate',
    seen: 'one fate: 2 outputs, position 1 in the changelog, 1 in the group',
  },
  {
    name: 'restoring before fencing: the former owner commits behind the end that was restored to',
    changes: { takeover: 'restore, then fence' },
    scenario: { rebalances: 1 },
    violated: 'state',
    seen: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'seeking to the group’s offsets: they are lost, and with them where the state stands',
    changes: { seeksTo: 'group offsets' },
    scenario: { crashes: 1, lostOffsets: 1 },
    violated: 'state',
    seen: 'outputs: published: 0 from 0, 0 from 00',
  },
  {
    name: 'a store that belongs to nobody: the former owner writes to it',
    changes: { storeBelongsTo: 'anybody' },
    scenario: { rebalances: 1 },
    violated: 'state',
  },
  {
    name: 'a store that belongs to the last to claim it, though fenced: it restores older records under the eyes of the owner',
    changes: { storeBelongsTo: 'last to claim' },
    scenario: { rebalances: 1 },
    violated: 'state',
  },
  {
    name: 'a checkpoint marked with the log’s end: a paused owner marks what its successor wrote as its own',
    changes: { markFrom: 'log end' },
    scenario: { rebalances: 2, folders: 'own folders' },
    violated: 'store',
    seen: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'a store cleared unasked: a late owner empties the one that its successor reads',
    changes: { clears: 'unasked' },
    scenario: { events: 1, rebalances: 1, expiries: 1 },
    violated: 'state',
  },
  {
    name: 'a mark before the records that it covers: a crash between them',
    changes: { marksWith: 'first piece' },
    scenario: { crashes: 1, events: 3 },
    violated: 'store',
    seen: 'outputs: published: 0 from 0, 1 from 1, 2 from 2',
  },
  {
    name: 'a mark that covers the open transaction: its records are in no store',
    changes: { checkpoints: 'amid one' },
    scenario: { crashes: 1 },
    violated: 'store',
    seen: 'outputs: published: 0 from 0, 1 from 1, 1 from 1',
  },
  {
    name: 'a checkpoint of what is staged: it is aborted, and stays',
    changes: { checkpoints: 'amid one, staged records too' },
    scenario: { crashes: 1 },
    violated: 'store',
    seen: 'outputs: published: 1 from 1',
  },
  {
    name: 'an unclear commit taken for aborted: it was carried out',
    changes: { unclearCommit: 'counts as aborted' },
    scenario: { lostAnswers: 1 },
    violated: 'state',
    seen: 'outputs: published: 0 from 0, 0 from 0',
  },
  {
    name: 'an unclear commit taken for committed: it never came',
    changes: { unclearCommit: 'counts as committed' },
    scenario: { lateRequests: 1 },
    violated: 'state',
    seen: 'outputs: published: 1 from 1',
  },
  {
    name: 'a round given up and not undone: it is folded twice',
    changes: { undoesAborted: false },
    scenario: { aborts: 1 },
    violated: 'state',
    seen: 'outputs: published: 0 from 00',
  },
  {
    name: 'a hanging transaction left as it is: readers wait behind it for ever',
    changes: { hanging: 'left' },
    scenario: { forgottenMarkers: 1 },
    violated: 'progress',
    seen: 'progress: from here on no way leads to a goal',
  },
  {
    name: 'a run that outlives a broker which forgot markers: its next abort undoes what was confirmed',
    changes: { afterBrokerCrash: 'goes on' },
    scenario: { forgottenMarkers: 1, aborts: 1 },
    violated: 'state',
    seen: 'confirmed work: confirmed up to 1, committed up to 0',
  },
]

const outside = ['outputs', 'one fate', 'confirmed work']

test.each(mutations)('$name', ({ changes, scenario, violated, seen }) => {
  const machine = commitMachine({ ...commitProtocol, ...changes }, scenario)
  expect(explore(machine).counterexample?.violated).toBe(violated)
  if (seen === undefined) return
  const invariantsSeen = machine.invariants.filter(({ name }) => outside.includes(name))
  expect(firstLine(explore({ ...machine, invariants: invariantsSeen }).counterexample)).toBe(seen)
})

test('a counterexample reads as a story', () => {
  const machine = commitMachine({ ...commitProtocol, undoesAborted: false }, { aborts: 1 })
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
      '   8. A: gives the round up',
    ].join('\n'),
  )
})

test('where nothing is lost, the group’s offsets and the log’s end would do: they are trusted no more than that', () => {
  const byGroup: Protocol = { ...commitProtocol, seeksTo: 'group offsets' }
  const byEnd: Protocol = { ...commitProtocol, markFrom: 'log end' }
  expect(explore(commitMachine(byGroup, { crashes: 1, lostAnswers: 1 })).counterexample).toBeUndefined()
  expect(explore(commitMachine(byEnd, { rebalances: 1, folders: 'one folder' })).counterexample).toBeUndefined()
})

function firstLine(counterexample: Counterexample | undefined): string | undefined {
  return counterexample && describeCounterexample(counterexample).split('\n')[0]
}
