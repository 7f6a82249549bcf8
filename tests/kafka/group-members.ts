import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { ClientOptions, Group, GroupOptions, KafkaClient } from '../../kafka/client.ts'
import { brokers } from './kafka-under-test.ts'

/** A group member under test, with the events that it received and the partitions that it owns now. */
export interface TestMember {
  readonly name: string
  readonly client: KafkaClient
  /** Set after the first assignment. */
  readonly group: Group
  readonly joined: Promise<Group>
  owned: readonly number[]
  readonly events: string[]
  readonly fatal: Error[]
  /** Why the member can’t take part now. */
  trouble: Error | undefined
  stop(): Promise<void>
}

export interface TestMemberOptions extends Partial<GroupOptions> {
  readonly groupId: string
  readonly topics: readonly string[]
  readonly client?: Partial<ClientOptions>
}

/** The broker does not allow shorter sessions by default. */
export const sessionTimeoutMs = 6000

export function startMember(name: string, { client: clientOptions, ...options }: TestMemberOptions): TestMember {
  const client = createKafkaClient({ brokers, clientId: name, ...clientOptions })
  let known: Group | undefined
  const member: TestMember = {
    name,
    client,
    get group() {
      if (!known) throw new Error(`${name} was not assigned anything yet`)
      return known
    },
    joined: client.joinGroup({
      sessionTimeoutMs,
      rebalanceTimeoutMs: 20_000,
      heartbeatIntervalMs: 100,
      ...options,
      async onAssigned(partitions, group, standbys) {
        known = group
        member.events.push(`assigned ${partitions.join()}`)
        member.owned = partitions
        await options.onAssigned?.(partitions, group, standbys)
      },
      async onRevoked(partitions) {
        member.events.push(`revoking ${partitions.join()}`)
        await options.onRevoked?.(partitions)
        member.owned = []
        member.events.push('revoked')
      },
      async onLost(partitions) {
        member.owned = []
        member.events.push(`lost ${partitions.join()}`)
        await options.onLost?.(partitions)
      },
      onTrouble(error) {
        member.trouble = error
        options.onTrouble?.(error)
      },
      onFatal(error) {
        member.fatal.push(error)
        options.onFatal?.(error)
      },
    }),
    owned: [],
    events: [],
    fatal: [],
    trouble: undefined,
    stop: () => client.close(),
  }
  // A test of a failing join awaits it; elsewhere the rejection must not count as unhandled.
  member.joined.catch(() => undefined)
  return member
}
