import {
  commitOffsets,
  endOf,
  endTransaction,
  initProducerId,
  produce,
  type Answered,
  type Outcome,
  type Request,
} from './broker.ts'
import type { Step } from './explorer.ts'
import type { Protocol } from './protocol.ts'
import { applied, fold } from './records.ts'
import { spend, viewOf, withBroker, withoutOwner, withOwner, type Owner, type Staged, type World } from './world.ts'

export interface Workload {
  readonly events: number
  /** Maximum number of events per transaction. */
  readonly sliceMax: number
}

/**
 * The commit order: streams/task/transactions.ts over kafka/producer/transactional-producer.ts, request by request.
 */
export function transactionSteps(world: World, index: number, protocol: Protocol, work: Workload): Step<World>[] {
  const owner = world.owners[index]!
  const { staged } = owner
  switch (owner.at) {
    case 'idle':
      return Array.from({ length: Math.min(work.sliceMax, work.events - owner.next) }, (_, more) =>
        begin(world, index, owner.next + more + 1),
      ).flat()
    case 'outputs written':
      return [...writeChangelog(world, index, staged!), ...abort(world, index, protocol)]
    case 'changelog written':
      return [...sendOffsets(world, index, staged!), ...abort(world, index, protocol)]
    case 'offsets sent':
      return [...commit(world, index, protocol, staged!), ...abort(world, index, protocol)]
    case 'ending':
      return [...commit(world, index, protocol, staged!), unclear(world, index, protocol)]
    case 'bumping epoch':
      return renew(world, index, protocol)
    default:
      return []
  }
}

/** Folding a slice is one step; its first request opens the transaction at the broker. */
function begin(world: World, index: number, to: number): Step<World>[] {
  const owner = world.owners[index]!
  const { changes, outputs } = fold(viewOf(world, index), owner.next, to)
  const staged: Staged = { to, changes, outputs, end: owner.end, isUnacknowledged: false, isUnanswered: false }
  const request = requestOf(owner, { log: 'outputs', records: outputs })
  const events = to - owner.next > 1 ? `events ${owner.next} to ${to - 1}` : `event ${owner.next}`
  const begun = withOwner(world, index, { staged })
  return send(begun, index, request, `takes ${events} and writes the outputs`, 'outputs written', () => ({}))
}

function writeChangelog(world: World, index: number, staged: Staged): Step<World>[] {
  const owner = world.owners[index]!
  const request = requestOf(owner, { log: 'changelog', records: staged.changes })
  return send(world, index, request, 'writes changelog and position', 'changelog written', (after) => ({
    staged: { ...staged, isUnacknowledged: false, end: endOf(after.broker.changelog) },
  }))
}

/**
 * Either the request is acknowledged, or its connection breaks: then it is sent again, and the first copy may arrive at
 * any later time.
 */
function send(
  world: World,
  index: number,
  request: Request & { kind: 'produce' },
  name: string,
  at: Owner['at'],
  changes: (after: World) => Partial<Owner>,
): Step<World>[] {
  const owner = world.owners[index]!
  const answered = produce(world.broker, request, true)
  const steps = settle(world, index, answered, name, (after) => {
    const sequences = { ...owner.sequences, [request.entries.log]: request.sequence + 1 }
    return withOwner(after, index, { at, sequences, ...changes(after) })
  })
  if (world.left.lateRequests === 0 || request.entries.log === 'outputs') return steps
  const late = { ...spend(world, 'lateRequests'), late: [...world.late, request] }
  const unacknowledged = withOwner(late, index, { staged: { ...owner.staged!, isUnacknowledged: true } })
  return [...steps, { name: `${name}: the connection breaks`, to: unacknowledged }]
}

function sendOffsets(world: World, index: number, staged: Staged): Step<World>[] {
  const answered = commitOffsets(world.broker, world.owners[index]!.epoch, staged.to)
  return settle(world, index, answered, 'sends the input offsets', (after) =>
    withOwner(after, index, { at: 'offsets sent' }),
  )
}

function commit(world: World, index: number, protocol: Protocol, staged: Staged): Step<World>[] {
  const { epoch } = world.owners[index]!
  const again = staged.isUnanswered ? ' once more' : ''
  const answered = end(world, epoch, 'commit', protocol)
  const steps = settle(world, index, answered, `asks${again} to commit: committed`, (after) =>
    committed(after, index, protocol, true),
  )
  if (staged.isUnanswered) return steps
  const unanswered = (after: World) =>
    withOwner(after, index, { at: 'ending', staged: { ...staged, isUnanswered: true } })
  if (world.left.lostAnswers > 0 && answered.answer === 'done') {
    const after = unanswered(withBroker(spend(world, 'lostAnswers'), answered.broker))
    steps.push({ name: 'asks to commit: executed, the answer is lost', to: after })
  }
  if (world.left.lateRequests > 0) {
    const request: Request = { kind: 'end', epoch, outcome: 'commit' }
    const after = unanswered({ ...spend(world, 'lateRequests'), late: [...world.late, request] })
    steps.push({ name: 'asks to commit: the connection breaks', to: after })
  }
  return steps
}

/** The staged state becomes the state. */
function committed(world: World, index: number, protocol: Protocol, isConfirmed: boolean): World {
  const owner = world.owners[index]!
  const { changes, to, end, isUnanswered } = owner.staged!
  const mustBump = protocol.newEpoch === 'in doubt' && isUnanswered
  const after = withOwner(world, index, {
    at: mustBump ? 'bumping epoch' : 'idle',
    ...newEpochOf(world, protocol),
    next: to,
    end,
    staged: undefined,
    unflushed: applied(owner.unflushed, changes),
  })
  return isConfirmed ? { ...after, confirmed: Math.max(world.confirmed, to) } : after
}

/** A poison event: the batch is rolled back and run again. The fate of an unacknowledged request is unknown. */
function abort(world: World, index: number, protocol: Protocol): Step<World>[] {
  if (world.left.aborts === 0) return []
  const { epoch, staged } = world.owners[index]!
  const spent = spend(world, 'aborts')
  const answered = end(spent, epoch, 'abort', protocol)
  const name = 'rolls the batch back'
  const steps = settle(spent, index, answered, name, (after) => undone(after, index, protocol))
  if (world.left.lateRequests === 0) return steps
  const request: Request = { kind: 'end', epoch, outcome: 'abort' }
  const late = { ...spend(spent, 'lateRequests'), late: [...world.late, request] }
  const sentTwice = withOwner(late, index, { staged: { ...staged!, isUnanswered: true } })
  return [
    ...steps,
    ...settle(sentTwice, index, answered, `${name}, asking twice as the connection breaks`, (after) =>
      undone(after, index, protocol),
    ),
  ]
}

function undone(world: World, index: number, protocol: Protocol): World {
  const owner = world.owners[index]!
  const { changes, isUnacknowledged, isUnanswered } = owner.staged!
  const mustBump = protocol.newEpoch === 'in doubt' && (isUnacknowledged || isUnanswered)
  return withOwner(world, index, {
    at: mustBump ? 'bumping epoch' : 'idle',
    ...newEpochOf(world, protocol),
    staged: undefined,
    unflushed: protocol.rollsBackAborted ? owner.unflushed : applied(owner.unflushed, changes),
  })
}

/** The answer to EndTxn holds the epoch of the next transaction (KIP-890). */
function newEpochOf({ broker }: World, protocol: Protocol): Partial<Owner> {
  if (protocol.newEpoch !== 'each transaction') return {}
  return { epoch: broker.epoch, sequences: { outputs: 0, changelog: 0 } }
}

/** `UnclearCommitError`: the commit may or may not have been executed, and may still be. */
function unclear(world: World, index: number, protocol: Protocol): Step<World> {
  const name = 'gives up: the commit is unclear'
  if (protocol.unclearCommit === 'restarts') return { name, to: withoutOwner(world, index) }
  if (protocol.unclearCommit === 'treated as aborted')
    return { name: `${name}, treated as aborted`, to: undone(world, index, protocol) }
  return { name: `${name}, treated as committed`, to: committed(world, index, protocol, false) }
}

/** KIP-360: a new epoch, if the process still owns the id. */
function renew(world: World, index: number, protocol: Protocol): Step<World>[] {
  // If an unclear commit is ignored, a new producer continues with the state in memory.
  const current = protocol.unclearCommit === 'restarts' ? world.owners[index]!.epoch : undefined
  const answered = initProducerId(world.broker, current)
  return settle(world, index, answered, 'takes a new epoch', (after) =>
    withOwner(after, index, { at: 'idle', epoch: after.broker.epoch, sequences: { outputs: 0, changelog: 0 } }),
  )
}

const end = ({ broker }: World, epoch: number, outcome: Outcome, protocol: Protocol): Answered =>
  endTransaction(broker, epoch, outcome, protocol.newEpoch === 'each transaction')

const requestOf = (
  owner: Owner,
  entries: (Request & { kind: 'produce' })['entries'],
): Request & { kind: 'produce' } => ({
  kind: 'produce',
  epoch: owner.epoch,
  sequence: owner.sequences[entries.log],
  entries,
})

/** Continues after an answer: the next step, the same request again, or the end of the session. */
function settle(
  world: World,
  index: number,
  { broker, answer }: Answered,
  name: string,
  done: (after: World) => World,
): Step<World>[] {
  const after = broker === world.broker ? world : withBroker(world, broker)
  if (answer === 'done') return [{ name, to: done(after) }]
  if (answer === 'wait') return after === world ? [] : [{ name: `${name}: not yet`, to: after }]
  const why = answer === 'fenced' ? 'it is fenced' : 'nothing is open'
  return [{ name: `${name}: refused, ${why}`, to: withoutOwner(after, index) }]
}
