import { toJson } from '../../schemas/json/json-event.ts'
import type { ApiPorts, LiveEvent } from '../ports.ts'

/** One who follows the updates. Method syntax on purpose: a node response is one. */
export interface LiveClient {
  /** Names of topics; undefined: all. */
  readonly topics: ReadonlySet<string> | undefined
  write(chunk: string): void
  /** Bytes that were written and not yet taken. */
  pendingBytes(): number
  end(): void
}

export interface LiveHub {
  /** How many follow. */
  size(): number
  add(client: LiveClient): void
  remove(client: LiveClient): void
  close(): void
}

export interface LiveHubOptions {
  readonly subscribe: ApiPorts['subscribe']
  /** Names of customers, for people who read. */
  readonly namesOf: (customerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly onClients: (count: number) => void
  readonly flushMs?: number
  readonly heartbeatMs?: number
  readonly pendingBytesMax?: number
}

/** More than this in one flush is unreadable: the oldest are skipped, and the client gets their number. */
const EVENTS_PER_FLUSH_MAX = 500
const NAMES_MAX = 50_000

interface Update {
  readonly topic: string
  /** Updates with the same key in one flush: only the last one counts. */
  readonly key: string | undefined
  readonly data: Record<string, unknown>
}

/**
 * Hands what is published to all who follow it, as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). It reads from Kafka only while there are clients.
 * A client that does not take what he is sent is dropped with a note: the memory that one client costs is bounded.
 */
export function createLiveHub({
  subscribe,
  namesOf,
  onClients,
  flushMs = 100,
  heartbeatMs = 15_000,
  pendingBytesMax = 1 << 20,
}: LiveHubOptions): LiveHub {
  const clients = new Set<LiveClient>()
  const names = new Map<string, string | null>()
  let waiting: Update[] = []
  let skipped = 0
  let unsubscribe: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> = Promise.resolve()
  const heartbeat = setInterval(() => broadcast(() => ': still here\n\n'), heartbeatMs)
  heartbeat.unref()

  function receive(event: LiveEvent): void {
    waiting.push(updateOf(event))
    if (waiting.length > EVENTS_PER_FLUSH_MAX) {
      waiting.shift()
      skipped++
    }
    timer ??= setTimeout(() => {
      timer = undefined
      flushing = flushing.then(flush)
    }, flushMs)
  }

  async function flush(): Promise<void> {
    const updates = newestOfEach(waiting)
    const left = skipped
    waiting = []
    skipped = 0
    await learnNames(updates)
    const frames = updates.map(({ topic, data }) => ({ topic, text: frame(topic, named(data)) }))
    const note = left === 0 ? '' : frame('skipped', { count: left })
    broadcast(({ topics }) => {
      const own = topics === undefined ? frames : frames.filter(({ topic }) => topics.has(topic))
      return note + own.map(({ text }) => text).join('')
    })
  }

  function broadcast(textFor: (client: LiveClient) => string): void {
    for (const client of clients) {
      if (client.pendingBytes() > pendingBytesMax) {
        client.write(
          frame('dropped', {
            reason: 'You take the updates more slowly than they come. Connect again for the newest ones.',
          }),
        )
        drop(client)
        client.end()
        continue
      }
      const text = textFor(client)
      if (text !== '') client.write(text)
    }
  }

  /** A name that can't be found out is no reason to keep the update back. */
  async function learnNames(updates: readonly Update[]): Promise<void> {
    const unknown = [...new Set(updates.flatMap(({ data }) => customersOf(data)))].filter((id) => !names.has(id))
    if (unknown.length === 0) return
    if (names.size > NAMES_MAX) names.clear()
    const found = await namesOf(unknown).catch(() => undefined)
    // A customer without a name may get one later: only what was found is kept.
    if (found !== undefined) for (const [id, name] of found) names.set(id, name)
  }

  function named(data: Record<string, unknown>): Record<string, unknown> {
    const { entries, customerId } = data
    if (Array.isArray(entries)) {
      const lines = entries as readonly Record<string, unknown>[]
      return {
        ...data,
        entries: lines.map((line) => ({ ...line, customerName: names.get(String(line['customerId'])) ?? null })),
      }
    }
    return typeof customerId === 'string' ? { ...data, customerName: names.get(customerId) ?? null } : data
  }

  function drop(client: LiveClient): void {
    if (!clients.delete(client)) return
    onClients(clients.size)
    if (clients.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
    waiting = []
  }

  return {
    size: () => clients.size,
    add(client) {
      clients.add(client)
      onClients(clients.size)
      unsubscribe ??= subscribe(receive)
      client.write(
        `retry: 2000\n${frame('hello', { topics: client.topics === undefined ? null : [...client.topics] })}`,
      )
    },
    remove: drop,
    close() {
      clearInterval(heartbeat)
      clearTimeout(timer)
      for (const client of [...clients]) {
        drop(client)
        client.end()
      }
    },
  }
}

/** Rows and the texts that models read stay out: they are long, and /customers/{id} has them. */
function updateOf({ topic, value }: LiveEvent): Update {
  const data = toJson(topic, value)
  if (topic.name === 'scores') {
    delete data['row']
    delete data['text']
  }
  return { topic: topic.name, key: topic.name === 'priorities' ? topic.keyOf(value) : undefined, data }
}

function newestOfEach(updates: readonly Update[]): Update[] {
  const last = new Map(updates.flatMap((update) => (update.key === undefined ? [] : [[update.key, update]])))
  return updates.filter((update) => update.key === undefined || last.get(update.key) === update)
}

function customersOf({ customerId, entries }: Record<string, unknown>): string[] {
  const lines = Array.isArray(entries) ? (entries as readonly Record<string, unknown>[]) : [{ customerId }]
  return lines.flatMap((line) => (typeof line['customerId'] === 'string' ? [line['customerId']] : []))
}

/** JSON has no line breaks of its own, so that one `data` line is enough. */
function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
