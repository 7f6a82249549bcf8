import { endOf } from './broker.ts'
import type { Step } from './explorer.ts'
import type { Protocol } from './protocol.ts'
import { applied, recordNames } from './records.ts'
import { mayWrite, storeOf, withoutOwner, withOwner, withStore, type Owner, type World } from './world.ts'

/**
 * The pieces of a checkpoint, one record each, with transactions between them: `checkpointIfDue` of
 * streams/task/task-session.ts, `checkpointPiece` of streams/state/task-state.ts.
 */
export function checkpointSteps(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  if (!isTimeFor(owner, protocol)) return []
  if (owner.checkpoint !== undefined) return [writePiece(world, index, protocol)]
  const records = recordsToWrite(owner, protocol)
  const pending = recordNames.filter((name) => records[name] !== '')
  if (pending.length === 0) return []
  if (protocol.checkpointOffset === 'own records' && protocol.checkpoints === 'between transactions') {
    return [writePiece(withOwner(world, index, { checkpoint: { pending, offset: owner.end } }), index, protocol)]
  }
  const asked = withOwner(world, index, { checkpoint: { pending, offset: endOf(world.broker.changelog) } })
  return [{ name: 'asks for the changelog’s end, to write a checkpoint', to: asked }]
}

function isTimeFor({ at }: Owner, { checkpoints }: Protocol): boolean {
  return checkpoints === 'between transactions' ? at === 'idle' : at === 'changelog written'
}

function recordsToWrite({ unflushed, staged }: Owner, { checkpoints }: Protocol): Owner['unflushed'] {
  return checkpoints === 'inside a transaction, with staged records' ? applied(unflushed, staged!.changes) : unflushed
}

/**
 * Written under the store's old metadata, the last piece under the new one. A record that was changed meanwhile is
 * written with its current value.
 */
function writePiece(world: World, index: number, protocol: Protocol): Step<World> {
  const owner = world.owners[index]!
  const { pending, offset } = owner.checkpoint!
  const store = storeOf(world, index)
  if (!mayWrite(store, owner, protocol)) {
    return { name: 'may not write to the store: it was claimed by another', to: withoutOwner(world, index) }
  }
  const record = pending.at(-1)!
  const isLast = pending.length === 1
  const writesMetadata = protocol.metadataWith === 'first piece' || isLast
  const metadata = writesMetadata ? { offset, expired: false } : owner.metadata
  const records = { ...store.records, [record]: recordsToWrite(owner, protocol)[record] }
  const to = withOwner(withStore(world, index, { records, metadata }), index, {
    metadata,
    unflushed: { ...owner.unflushed, [record]: '' },
    checkpoint: isLast ? undefined : { pending: pending.slice(0, -1), offset },
  })
  return {
    name: `writes record ${record} to the store${writesMetadata ? ` with checkpoint offset ${offset}` : ''}`,
    to,
  }
}
