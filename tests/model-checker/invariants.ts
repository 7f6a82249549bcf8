import type { Broker } from './broker.ts'
import type { Invariant } from './explorer.ts'
import { applied, describeRecords, noRecords, positionOf, sameRecords, truthAt, type Change } from './records.ts'
import { nameOfOwner, viewOf, type World } from './world.ts'

/** What must hold in every state, whatever has happened. */
export const invariants: readonly Invariant<World>[] = [
  {
    /** What a reader of committed data sees: each event once, in order, decided from the right state. */
    name: 'outputs',
    broken({ broker: { outputs } }) {
      const right = truthAt(outputs.committed.length).outputs
      const isRight = outputs.committed.every((output, index) => output === right[index])
      return isRight ? undefined : `published: ${outputs.committed.join(', ')}`
    },
  },
  {
    /** The changelog is the fold of the events before the position that it holds itself. */
    name: 'changelog',
    broken({ broker }) {
      const records = applied(noRecords, broker.changelog.committed)
      const truth = truthAt(positionOf(records)).records
      return sameRecords(records, truth) ? undefined : `the changelog gives ${describeRecords(records)}`
    },
  },
  {
    /** Outputs, changelog and the group's offsets have one fate, seen when no marker is on its way. */
    name: 'one fate',
    broken({ broker, left }) {
      const { phase, hanging, outputs, offsets } = broker
      if (phase === 'committing' || phase === 'aborting' || hanging !== undefined) return undefined
      const position = positionOf(applied(noRecords, broker.changelog.committed))
      const group = offsets.committed.at(-1)
      const isGroupRight = group === position || (group === undefined && (position === 0 || left.lostOffsets === 0))
      if (outputs.committed.length === position && isGroupRight) return undefined
      return `${outputs.committed.length} outputs, position ${position} in the changelog, ${group ?? 'none'} in the group`
    },
  },
  {
    /**
     * Whatever a store holds: with the changelog from its mark on, it gives the state. A store without a mark is read
     * from the changelog's beginning.
     */
    name: 'store',
    broken({ broker, stores }) {
      const changes = decidedChanges(broker)
      const truth = applied(noRecords, changes)
      for (const { records, mark } of stores) {
        const restored = applied(records, changes.slice(mark?.offset ?? 0))
        if (sameRecords(restored, truth)) continue
        return `it holds ${describeRecords(records)} at mark ${mark?.offset ?? 'none'}, which restores ${describeRecords(restored)}`
      }
      return undefined
    },
  },
  {
    /** Whoever may commit sees, between two transactions, exactly what is committed, and stands where that ends. */
    name: 'state',
    broken(world) {
      const { broker, owners } = world
      const truth = applied(noRecords, decidedChanges(broker))
      for (const [index, owner] of owners.entries()) {
        if (owner.at !== 'idle' || owner.epoch !== broker.epoch) continue
        const view = viewOf(world, index)
        if (sameRecords(view, truth) && owner.next === positionOf(truth)) continue
        return `${nameOfOwner(index)} goes on from event ${owner.next} with ${describeRecords(view)}; committed is ${describeRecords(truth)}`
      }
      return undefined
    },
  },
  {
    /** What was confirmed as committed to a task stays. */
    name: 'confirmed work',
    broken({ broker, confirmed }) {
      const position = positionOf(applied(noRecords, decidedChanges(broker)))
      return position >= confirmed ? undefined : `confirmed up to ${confirmed}, committed up to ${position}`
    },
  },
]

/** What the changelog holds once the markers that are decided have arrived. */
function decidedChanges({ phase, hanging, changelog }: Broker): readonly Change[] {
  if (phase === 'committing') return [...changelog.committed, ...changelog.open]
  const isHangingCommit = phase !== 'aborting' && hanging?.outcome === 'commit'
  return isHangingCommit ? [...changelog.committed, ...changelog.open.slice(0, hanging.changes)] : changelog.committed
}
