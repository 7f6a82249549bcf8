import { abandon, endTransaction, forgetMarkers, produce, writeMarker, type Broker, type Request } from './broker.ts'
import type { Step } from './explorer.ts'
import type { Protocol } from './protocol.ts'
import {
  nameOfOwner,
  notRunning,
  spend,
  withBroker,
  withoutOwner,
  type CheckpointMetadata,
  type World,
} from './world.ts'

/** Steps that no process takes: the broker's own work, and the faults. */
export function environmentSteps(world: World, protocol: Protocol): Step<World>[] {
  const { broker, left } = world
  const steps: Step<World>[] = []
  const isEnding = broker.phase === 'committing' || broker.phase === 'aborting'

  if (isEnding) {
    for (const names of [['changelog'], ['outputs', 'offsets']] as const) {
      if (names.every((name) => broker[name].open.length === 0)) continue
      const after = names.reduce((marked: Broker, name) => writeMarker(marked, name), broker)
      steps.push({
        name: `broker: ${broker.phase}, the marker reaches ${names.join(' and ')}`,
        to: withBroker(world, after),
      })
    }
    if (left.forgottenMarkers > 0) {
      const owners = protocol.afterBrokerCrash === 'continues' ? world.owners : world.owners.map(() => notRunning)
      const forgotten = { ...spend(world, 'forgottenMarkers'), broker: forgetMarkers(broker), owners }
      steps.push({ name: 'broker: crashes and forgets the markers not written yet', to: forgotten })
    }
  }
  for (const [place, request] of world.late.entries()) {
    const late = world.late.filter((_, at) => at !== place)
    const to = withBroker({ ...world, late }, execute(broker, request, protocol))
    steps.push({ name: `broker: a late request arrives (${describeRequest(request)})`, to })
  }
  if (broker.phase === 'open' && (left.timeouts > 0 || isOrphaned(world))) {
    const spent = isOrphaned(world) ? world : spend(world, 'timeouts')
    steps.push({
      name: 'broker: aborts the transaction after its time-out',
      to: withBroker(spent, abandon(broker)),
    })
  }
  if (left.lostOffsets > 0 && broker.offsets.open.length === 0 && broker.offsets.committed.length > 0) {
    const offsets = { ...broker.offsets, committed: [] }
    steps.push({
      name: 'broker: the group’s offsets are lost',
      to: { ...spend(world, 'lostOffsets'), broker: { ...broker, offsets } },
    })
  }
  if (left.rebalances > 0) {
    const assigned = 1 - world.assigned
    const name = `group: the partition is ${nameOfOwner(assigned)}’s now`
    steps.push({ name, to: { ...spend(world, 'rebalances'), assigned } })
  }
  if (left.expiries > 0) steps.push({ name: 'time: every checkpoint has expired', to: expired(world) })
  for (const [index, { at }] of world.owners.entries()) {
    if (at === 'down') continue
    const who = nameOfOwner(index)
    if (left.crashes > 0) steps.push({ name: `${who}: crashes`, to: withoutOwner(spend(world, 'crashes'), index) })
    if (at === 'idle' && world.assigned !== index)
      steps.push({ name: `${who}: gives the task back`, to: withoutOwner(world, index) })
  }
  return steps
}

/** No process is left that could end the transaction: it will time out sooner or later. */
const isOrphaned = ({ broker, owners }: World): boolean =>
  owners.every(({ staged, epoch }) => staged === undefined || epoch !== broker.epoch)

/** No process waits for the answer. */
function execute(broker: Broker, request: Request, protocol: Protocol): Broker {
  if (request.kind === 'produce') return produce(broker, request, false).broker
  return endTransaction(broker, request.epoch, request.outcome, protocol.newEpoch === 'each transaction').broker
}

function describeRequest(request: Request): string {
  return request.kind === 'end' ? `EndTxn, ${request.outcome}` : `Produce to the ${request.entries.log}`
}

function expired(world: World): World {
  const old = (metadata: CheckpointMetadata | undefined): CheckpointMetadata | undefined =>
    metadata && { ...metadata, expired: true }
  return {
    ...spend(world, 'expiries'),
    stores: world.stores.map((store) =>
      store.metadata === undefined ? store : { ...store, metadata: old(store.metadata) },
    ),
    owners: world.owners.map((owner) =>
      owner.metadata === undefined ? owner : { ...owner, metadata: old(owner.metadata) },
    ),
  }
}
