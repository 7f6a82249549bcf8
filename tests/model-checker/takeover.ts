import { endHanging, endOf, initProducerId } from './broker.ts'
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
  type Mark,
  type World,
} from './world.ts'

/** Changelog records a piece: cuts fall inside transactions too. */
const PIECE_RECORDS = 2

/**
 * From nothing to the first round: `openTaskRun` of streams/task/task-session.ts and `restore` of
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
      const first = !isFencedFirst ? 'claiming' : canHang ? 'starting' : 'asked'
      return go('starts to take the task over', withOwner(world, index, { at: first }))
    }

    case 'starting': {
      const decision = broker.phase === 'open' ? 'abort' : broker.ended
      return go('asks how the last transaction was decided', withOwner(world, index, { at: 'asked', decision }))
    }

    case 'asked':
    case 'asking again': {
      const { broker: after, answer } = initProducerId(broker)
      if (answer === 'wait') {
        // A transaction that is decided already is waited for. Two processes that abort each other's for ever are
        // beyond the model: the group lets only one go on.
        if (after === broker || (owner.at === 'asking again' && world.assigned !== index)) return []
        const aborted = withOwner(withBroker(world, after), index, { at: 'asking again' })
        return go('fences the former owner, whose open transaction is aborted', aborted)
      }
      const isHanging = after.hanging !== undefined && protocol.hanging === 'ended as decided'
      const next = isHanging ? 'mending' : isFencedFirst ? 'claiming' : 'restoring'
      return go(
        'fences every former owner',
        withOwner({ ...world, broker: after }, index, { at: next, epoch: after.epoch }),
      )
    }

    case 'mending': {
      if (owner.epoch !== broker.epoch)
        return go('is fenced before it could end what hangs', withoutOwner(world, index))
      // The run fails, and so does every later one.
      if (owner.decision === undefined) {
        return go(
          'can’t tell how what hangs was decided, and calls for help',
          withOwner(world, index, { at: 'helpless' }),
        )
      }
      const mended = withBroker(world, endHanging(broker, owner.decision))
      return go(`ends what hangs: ${owner.decision}`, withOwner(mended, index, { at: 'claiming' }))
    }

    case 'claiming': {
      const store = storeOf(world, index)
      // Who restores before it has an epoch has nothing better to show than who it is.
      const token = owner.epoch >= 0 ? owner.epoch : -2 - index
      if (protocol.storeBelongsTo === 'newest epoch' && owner.epoch >= 0 && store.owner > token) {
        return go('may not claim the store: a newer owner has', withoutOwner(world, index))
      }
      const claimed = withStore(world, index, { owner: token })
      return go('claims the store', withOwner(claimed, index, { at: 'looking', token, mark: store.mark }))
    }

    case 'looking':
      return compare(world, index, protocol)

    case 'restoring':
      return restorePiece(world, index, protocol)

    default:
      return []
  }
}

/** The mark is the one that was read when the store was claimed: whoever is slow here compares with an old one. */
function compare(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  const { mark } = owner
  const end = endOf(world.broker.changelog)
  const looked = 'asks for the changelog’s end'
  const isUsable = mark !== undefined && mark.offset <= end && !mark.expired
  if (mark === undefined || isUsable) return [{ name: looked, to: withOwner(world, index, { at: 'restoring', end }) }]
  if (protocol.clears === 'as owner' && !mayWrite(storeOf(world, index), owner, protocol)) {
    return [{ name: `${looked}, may not clear the store: it was claimed by another`, to: withoutOwner(world, index) }]
  }
  const cleared = withStore(world, index, { records: noRecords, mark: undefined })
  return [
    { name: `${looked}, clears the store`, to: withOwner(cleared, index, { at: 'restoring', end, mark: undefined }) },
  ]
}

function restorePiece(world: World, index: number, protocol: Protocol): Step<World>[] {
  const owner = world.owners[index]!
  const { mark, end } = owner
  const from = mark?.offset ?? 0
  const readable = Math.min(end, world.broker.changelog.committed.length)
  if (mark !== undefined && from >= end) {
    if (owner.epoch < 0) return [{ name: 'has restored', to: withOwner(world, index, { at: 'asked' }) }]
    return [seek(world, index, protocol)]
  }
  // A reader of committed data waits behind an open transaction.
  if (from >= readable && readable < end) return []
  if (!mayWrite(storeOf(world, index), owner, protocol)) {
    return [{ name: 'may not restore into the store: it was claimed by another', to: withoutOwner(world, index) }]
  }
  const to = Math.min(from + PIECE_RECORDS, readable)
  const piece = world.broker.changelog.committed.slice(from, to)
  const after: Mark = { offset: to, expired: false }
  const written = withStore(world, index, { records: applied(storeOf(world, index).records, piece), mark: after })
  return [{ name: `restores the changelog up to ${to}`, to: withOwner(written, index, { mark: after }) }]
}

function seek(world: World, index: number, protocol: Protocol): Step<World> {
  const { position } = viewOf(world, index)
  const isKept = protocol.seeksTo === 'changelog position' && position !== ''
  const next = isKept ? Number(position) : (world.broker.offsets.committed.at(-1) ?? 0)
  const name = `has restored, seeks to event ${next} by the ${isKept ? 'changelog’s position' : 'group’s offset'}`
  return { name, to: withOwner(world, index, { at: 'idle', next }) }
}
