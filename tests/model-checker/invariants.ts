import type { Broker } from './broker.ts'
import type { Invariant } from './explorer.ts'
import { applied, describeRecords, noRecords, positionOf, sameRecords, expectedAt, type Change } from './records.ts'
import { nameOfOwner, viewOf, type World } from './world.ts'

/** They must hold in every state, after any sequence of steps. */
export const invariants: readonly Invariant<World>[] = [
  {
    /** A read-committed consumer sees each event once, in order, decided from the correct state. */
    name: 'outputs',
    broken({ broker: { outputs } }) {
      const expected = expectedAt(outputs.committed.length).outputs
      const isCorrect = outputs.committed.every((output, index) => output === expected[index])
      return isCorrect ? undefined : `published: ${outputs.committed.join(', ')}`
    },
  },
  {
    /** The changelog is the fold of the events before the position that it holds itself. */
    name: 'changelog',
    broken({ broker }) {
      const records = applied(noRecords, broker.changelog.committed)
      const expected = expectedAt(positionOf(records)).records
      return sameRecords(records, expected) ? undefined : `the changelog gives ${describeRecords(records)}`
    },
  },
  {
    /** Outputs, changelog and the group's offsets are committed or aborted together, as seen when no marker is pending. */
    name: 'one fate',
    broken({ broker, left }) {
      const { phase, hanging, outputs, offsets } = broker
      if (phase === 'committing' || phase === 'aborting' || hanging !== undefined) return undefined
      const position = positionOf(applied(noRecords, broker.changelog.committed))
      const group = offsets.committed.at(-1)
      const isGroupCorrect = group === position || (group === undefined && (position === 0 || left.lostOffsets === 0))
      if (outputs.committed.length === position && isGroupCorrect) return undefined
      return `${outputs.committed.length} outputs, position ${position} in the changelog, ${group ?? 'none'} in the group`
    },
  },
  {
    /**
     * Whatever a store holds, replaying the changelog from its checkpoint offset gives the state. Without metadata, the
     * changelog is replayed from its beginning.
     */
    name: 'store',
    broken({ broker, stores }) {
      const changes = decidedChanges(broker)
      const expected = applied(noRecords, changes)
      for (const { records, metadata } of stores) {
        const restored = applied(records, changes.slice(metadata?.offset ?? 0))
        if (sameRecords(restored, expected)) continue
        return `it holds ${describeRecords(records)} at checkpoint offset ${metadata?.offset ?? 'none'}, which restores ${describeRecords(restored)}`
      }
      return undefined
    },
  },
  {
    /** Between two transactions, the owner that may commit sees exactly what is committed, and continues from there. */
    name: 'state',
    broken(world) {
      const { broker, owners } = world
      const expected = applied(noRecords, decidedChanges(broker))
      for (const [index, owner] of owners.entries()) {
        if (owner.at !== 'idle' || owner.epoch !== broker.epoch) continue
        const view = viewOf(world, index)
        if (sameRecords(view, expected) && owner.next === positionOf(expected)) continue
        return `${nameOfOwner(index)} goes on from event ${owner.next} with ${describeRecords(view)}; committed is ${describeRecords(expected)}`
      }
      return undefined
    },
  },
  {
    /** What was confirmed to a task as committed stays committed. */
    name: 'confirmed work',
    broken({ broker, confirmed }) {
      const position = positionOf(applied(noRecords, decidedChanges(broker)))
      return position >= confirmed ? undefined : `confirmed up to ${confirmed}, committed up to ${position}`
    },
  },
]

/** The changelog once all decided markers have been written. */
function decidedChanges({ phase, hanging, changelog }: Broker): readonly Change[] {
  if (phase === 'committing') return [...changelog.committed, ...changelog.open]
  const isHangingCommit = phase !== 'aborting' && hanging?.outcome === 'commit'
  return isHangingCommit ? [...changelog.committed, ...changelog.open.slice(0, hanging.changes)] : changelog.committed
}
