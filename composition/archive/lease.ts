import { hostname } from 'node:os'
import { sealed, unsealed } from '../backup/sealed-text.ts'
import type { ObjectStore } from '../../files/objects/object-store.ts'

const NAME = 'archiver.json'
const LEASE_MS = 180_000
const RENEWAL_MS = 60_000

/** A process, and until when it archives (ms). */
interface Holder {
  readonly host: string
  readonly pid: number
  readonly until: number
}

/**
 * Makes this process the only one that writes to the archive, until it releases it. Throws if another one does. One that
 * was killed holds it for three minutes, unless it ran on this machine. Against mistakes, not against a race of two starts.
 */
export async function takeLease(
  store: ObjectStore,
  self: Pick<Holder, 'host' | 'pid'> = { host: hostname(), pid: process.pid },
): Promise<{ release(): Promise<void> }> {
  const bytes = await store.get(NAME)
  const holder = bytes === undefined ? undefined : unsealed<Holder>(bytes.toString())
  if (holder !== undefined && holder.until > Date.now() && !isGone(holder, self))
    throw new Error(
      `Process ${holder.pid} on ${holder.host} writes to this archive, and only one may: stop it, or wait until ` +
        `${new Date(holder.until).toISOString()} if it was killed.`,
    )
  const renew = () => store.put(NAME, Buffer.from(sealed({ ...self, until: Date.now() + LEASE_MS } satisfies Holder)))
  await renew()
  // A store that fails is reported by the next pass.
  const timer = setInterval(() => void renew().catch(() => {}), RENEWAL_MS)
  timer.unref()
  return {
    async release() {
      clearInterval(timer)
      await store.remove(NAME)
    },
  }
}

function isGone({ host, pid }: Holder, self: Pick<Holder, 'host' | 'pid'>): boolean {
  if (host !== self.host) return false
  // After a restart in a container, this process has the number of the former one.
  if (pid === self.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
