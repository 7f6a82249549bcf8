import { findCoordinatorV6 } from '@platformatic/kafka'
import type { Brokers } from './brokers.ts'
import { errorOfCode } from '../errors.ts'

export type CoordinatorKind = 'group' | 'transaction'

/** Cache of the coordinators of groups and transactional ids, by node id, each kept until it proves stale. */
export interface Coordinators {
  find(kind: CoordinatorKind, key: string): Promise<number>
  /** Makes the next look-up ask the cluster again. */
  invalidate(kind: CoordinatorKind, key: string): void
}

const COORDINATOR_NOT_AVAILABLE = 15
const KEY_TYPES = { group: 0, transaction: 1 } as const

export function createCoordinators({ addresses, requestAny }: Brokers): Coordinators {
  const known = new Map<string, number>()
  const nameOf = (kind: CoordinatorKind, key: string): string => `${kind}:${key}`

  return {
    async find(kind, key) {
      const former = known.get(nameOf(kind, key))
      if (former !== undefined) return former
      const where = `FindCoordinator of ${kind} ${key}`
      const answer = await requestAny(where, (connection) =>
        findCoordinatorV6.api.async(connection, KEY_TYPES[kind], [key]),
      )
      const found = answer.coordinators[0]
      if (!found) throw errorOfCode(COORDINATOR_NOT_AVAILABLE, where)
      addresses.set(found.nodeId, { host: found.host, port: found.port })
      known.set(nameOf(kind, key), found.nodeId)
      return found.nodeId
    },
    invalidate: (kind, key) => void known.delete(nameOf(kind, key)),
  }
}
