import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { whole } from '../../simulator/random.ts'
import { fault } from '../fault.ts'
import { limitFileSize, mountSmallDisk } from '../small-disk.ts'
import { until } from '../until.ts'

const DISK_BYTES = 96 << 20
/** LMDB's files begin with more. */
const FILE_BYTES_MAX = 4 << 10

const NO_CHECKPOINT = /no checkpoint/
const TAKES_NO_MORE = /takes no more/

/** The state of one process comes to lie on a small disk, which is filled; the process is killed too while it is full. */
export const fullDisk = fault<{ readonly at: number; readonly fullMs: number; readonly killed: boolean }>({
  name: 'full-disk',
  purpose: 'the disk under the local state is full: checkpoints fail, stores can’t be opened; then there is room again',
  plan: (next, processes) => ({ at: whole(next, 0, processes - 1), fullMs: whole(next, 2_000, 6_000), killed: next() < 0.5 }),
  async inflict({ fleet }, { at, fullMs, killed }) {
    const member = fleet.processors[at]!
    member.hold()
    await member.kill()
    const disk = mountSmallDisk(join(member.directory, 'state'), DISK_BYTES)
    member.release()
    await fleet.untilReady()
    try {
      const failed = member.logged(NO_CHECKPOINT)
      if (disk === undefined) limitFileSize(member.pid()!, FILE_BYTES_MAX)
      else disk.fill()
      await until(() => member.logged(NO_CHECKPOINT) > failed, { what: `a checkpoint of ${member.name} to fail` })
      const kills = killed && disk !== undefined
      if (kills) {
        const refused = member.logged(TAKES_NO_MORE)
        await member.kill()
        await until(() => member.logged(TAKES_NO_MORE) > refused, { what: `${member.name} to find no room for its stores` })
      }
      await delay(fullMs)
      if (disk === undefined) limitFileSize(member.pid()!, undefined)
      else disk.makeRoom()
      const how = disk === undefined ? 'writes of state refused' : 'disk full'
      return `${how} for ${member.name}${kills ? ', which was killed and started meanwhile,' : ''} for ${fullMs} ms: ${member.logged(NO_CHECKPOINT) - failed} checkpoints failed`
    } finally {
      disk?.makeRoom()
      member.hold()
      await member.kill()
      disk?.remove()
      member.release()
    }
  },
})
