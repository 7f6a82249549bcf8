import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { uniformInteger } from '../../simulator/random.ts'
import { fault, type FaultTarget } from '../fault.ts'
import type { Member } from '../processes.ts'
import { limitFileSize, mountSmallDisk, type SmallDisk } from '../small-disk.ts'
import { until } from '../until.ts'

const DISK_BYTES = 96 << 20
/** LMDB's files are larger than this from the beginning. */
const FILE_BYTES_MAX = 4 << 10

const NO_CHECKPOINT = /no checkpoint/
const TAKES_NO_MORE = /takes no more/

/** Puts the state of one process on a small disk if one can be mounted; otherwise has its writes rejected. */
export const fullDisk = fault<{ readonly at: number; readonly fullMs: number }>({
  name: 'full-disk',
  purpose:
    'the disk under the local state is full: checkpoints fail, and a process that is killed finds no room for its stores; then there is some',
  plan: (next, processes) => ({
    at: uniformInteger(next, 0, processes - 1),
    fullMs: uniformInteger(next, 1_000, 3_000),
  }),
  async inject({ fleet }, { at, fullMs }) {
    const member = fleet.processors[at]!
    const disk = await moveState(member, fleet)
    return disk === undefined ? refuseWrites(member, fullMs) : fillDisk(member, disk, fullMs)
  },
})

async function moveState(member: Member, fleet: FaultTarget['fleet']): Promise<SmallDisk | undefined> {
  member.hold()
  await member.kill()
  const disk = mountSmallDisk(join(member.directory, 'state'), DISK_BYTES)
  member.release()
  await fleet.untilReady()
  return disk
}

async function fillDisk(member: Member, disk: SmallDisk, fullMs: number): Promise<string> {
  const failed = member.logged(NO_CHECKPOINT)
  try {
    disk.fill()
    // A store reuses freed pages, so checkpoints fail only if it grows.
    await delay(fullMs)
    const refused = member.logged(TAKES_NO_MORE)
    await member.kill()
    await until(() => member.logged(TAKES_NO_MORE) > refused, { what: `${member.name} to find no room for its stores` })
    await delay(fullMs)
    disk.makeRoom()
    const checkpoints = member.logged(NO_CHECKPOINT) - failed
    const starts = member.logged(TAKES_NO_MORE) - refused
    return `disk of ${member.name} full for ${2 * fullMs} ms, kill -9 in between: ${checkpoints} checkpoints failed, stores found no room ${starts} times`
  } finally {
    disk.makeRoom()
    member.hold()
    await member.kill()
    disk.remove()
    member.release()
  }
}

async function refuseWrites(member: Member, fullMs: number): Promise<string> {
  const failed = member.logged(NO_CHECKPOINT)
  const pid = member.pid()!
  limitFileSize(pid, FILE_BYTES_MAX)
  try {
    await until(() => member.logged(NO_CHECKPOINT) > failed, { what: `a checkpoint of ${member.name} to fail` })
    await delay(fullMs)
    return `writes of the local state refused for ${member.name}: ${member.logged(NO_CHECKPOINT) - failed} checkpoints failed`
  } finally {
    if (member.pid() === pid) limitFileSize(pid, undefined)
  }
}
