import { endByTransaction, endHanging, endOf, hangingLogs, initProducerId, type Broker } from './broker.ts'
import type { Step } from './explorer.ts'
import type { Protocol } from './protocol.ts'
import { applied, noRecords } from './records.ts'
import {
  mayWrite,
  storeOf,
  viewOf,
  withBroker,
  withoutOwner,
  withOwner,
  withStore,
  type CheckpointMetadata,
  type World,
} from './world.ts'

/** Changelog records per piece; pieces end inside transactions too. */
const PIECE_RECORDS = 2

/**
 * From the assignment to the first batch: `openTaskSession` of streams/task/task-session.ts and `restore` of
 * streams/checkpoint/restore.ts, request by request.
 */
export function takeoverSteps(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  const { broker } = world
  const go = (name: string, to: World) => [{ name, to }]
  const isFencedFirst = protocol.takeover === 'fence, then restore'

  switch (owner.at) {
    case 'down': {
      if (world.assigned !== index) return []
      const canHang = world.left.forgottenMarkers > 0 || broker.hanging !== undefined
      const first = !isFencedFirst ? 'claiming' : canHang ? 'starting' : 'fencing'
      return go('starts to take the task over', withOwner(world, index, { at: first }))
    }

    case 'starting': {
      const isOpen = broker.phase === 'open'
      const decision = isOpen ? 'abort' : broker.ended
      // With an epoch per transaction, a hanging one can be told from whatever the former owner still writes.
      const endsFirst = protocol.newEpoch === 'each transaction' && !isOpen && isToBeEnded(broker, protocol)
      const at = endsFirst ? 'ending hanging' : 'fencing'
      return go('asks how the last transaction was decided', withOwner(world, index, { at, decision }))
    }

    case 'fencing':
    case 'fencing again': {
      const { broker: after, answer } = initProducerId(broker)
      if (answer === 'wait') {
        // A decided transaction is waited for. Two processes that abort each other's transactions forever are not
        // modelled: the group lets only one continue.
        if (after === broker || (owner.at === 'fencing again' && world.assigned !== index)) return []
        const aborted = withOwner(withBroker(world, after), index, { at: 'fencing again' })
        return go('fences the former owner, whose open transaction is aborted', aborted)
      }
      const next = isToBeEnded(after, protocol) ? 'ending hanging' : isFencedFirst ? 'claiming' : 'restoring'
      return go(
        'fences every former owner',
        withOwner({ ...world, broker: after }, index, { at: next, epoch: after.epoch }),
      )
    }

    case 'ending hanging': {
      const next = owner.epoch < 0 ? 'fencing' : 'claiming'
      if (!isToBeEnded(broker, protocol))
        return go('has ended the hanging transaction', withOwner(world, index, { at: next }))
      // This session fails, and so does every later one.
      if (owner.decision === undefined) {
        return go(
          'doesn’t know the outcome of the hanging transaction, and fails',
          withOwner(world, index, { at: 'blocked' }),
        )
      }
      const { decision } = owner
      if (protocol.hangingEndedBy === 'a transaction') {
        const name = broker.phase === 'open' ? `ends it: ${decision}` : 'adds the partitions to a new transaction'
        return go(name, withBroker(world, endByTransaction(broker, decision)))
      }
      return hangingLogs(broker).map((name) => ({
        name: `writes a marker of the hanging transaction (${decision}) to ${name}`,
        to: withBroker(world, endHanging(broker, name, decision)),
      }))
    }

    case 'claiming': {
      const store = storeOf(world, index)
      // A process that restores before it has an epoch can only claim by its own identity.
      const token = owner.epoch >= 0 ? owner.epoch : -2 - index
      if (protocol.storeBelongsTo === 'newest epoch' && owner.epoch >= 0 && store.owner > token) {
        return go('may not claim the store: a newer owner has', withoutOwner(world, index))
      }
      const claimed = withStore(world, index, { owner: token })
      return go('claims the store', withOwner(claimed, index, { at: 'comparing', token, metadata: store.metadata }))
    }

    case 'comparing':
      return compare(world, index, protocol)

    case 'restoring':
      return restorePiece(world, index, protocol)

    default:
      return []
  }
}

function isToBeEnded({ hanging }: Broker, protocol: Protocol): boolean {
  return hanging !== undefined && protocol.hanging === 'ended as decided'
}

/** Compares the metadata read at the claim: a process that is slow here compares outdated metadata. */
function compare(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  const { metadata } = owner
  const end = endOf(world.broker.changelog)
  const looked = 'asks for the changelog’s end'
  const isUsable = metadata !== undefined && metadata.offset <= end && !metadata.expired
  if (metadata === undefined || isUsable)
    return [{ name: looked, to: withOwner(world, index, { at: 'restoring', end }) }]
  if (protocol.clears === 'as owner' && !mayWrite(storeOf(world, index), owner, protocol)) {
    return [{ name: `${looked}, may not clear the store: it was claimed by another`, to: withoutOwner(world, index) }]
  }
  const cleared = withStore(world, index, { records: noRecords, metadata: undefined })
  return [
    {
      name: `${looked}, clears the store`,
      to: withOwner(cleared, index, { at: 'restoring', end, metadata: undefined }),
    },
  ]
}

function restorePiece(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  const { metadata, end } = owner
  const from = metadata?.offset ?? 0
  const readable = Math.min(end, world.broker.changelog.committed.length)
  if (metadata !== undefined && from >= end) {
    if (owner.epoch < 0) return [{ name: 'has restored', to: withOwner(world, index, { at: 'fencing' }) }]
    return [seek(world, index, protocol)]
  }
  // A read-committed consumer waits behind an open transaction.
  if (from >= readable && readable < end) return []
  if (!mayWrite(storeOf(world, index), owner, protocol)) {
    return [{ name: 'may not restore into the store: it was claimed by another', to: withoutOwner(world, index) }]
  }
  const to = Math.min(from + PIECE_RECORDS, readable)
  const piece = world.broker.changelog.committed.slice(from, to)
  const after: CheckpointMetadata = { offset: to, expired: false }
  const written = withStore(world, index, { records: applied(storeOf(world, index).records, piece), metadata: after })
  return [{ name: `restores the changelog up to ${to}`, to: withOwner(written, index, { metadata: after }) }]
}

function seek(world: World, index: number, protocol: Protocol): Step<World> {
  const { position } = viewOf(world, index)
  const isInChangelog = protocol.seeksTo === 'changelog position' && position !== ''
  const next = isInChangelog ? Number(position) : (world.broker.offsets.committed.at(-1) ?? 0)
  const name = `has restored, seeks to event ${next} by the ${isInChangelog ? 'changelog’s position' : 'group’s offset'}`
  return { name, to: withOwner(world, index, { at: 'idle', next }) }
}
