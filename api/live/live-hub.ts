import { masked, type Mask, type PersonalKinds } from '../access/mask.ts'
import type { ApiPorts, LiveEvent } from '../ports.ts'
import { customersOf, frame, messageOf, withNames, type LiveMessage } from './live-messages.ts'
import { createPendingMessages } from './pending-messages.ts'
import { createNameCache, type NameCache } from './name-cache.ts'

/** A subscriber to the live updates, such as an HTTP response. */
export interface LiveClient {
  /** Names of the topics to send; `undefined`: all. */
  readonly topics: ReadonlySet<string> | undefined
  /** Kinds of personal data that are masked for it. */
  readonly maskedKinds: PersonalKinds
  write(chunk: string): void
  /** Returns the number of bytes written but not yet sent. */
  pendingBytes(): number
  end(): void
}

export interface LiveHub {
  /** Returns the number of clients. */
  size(): number
  add(client: LiveClient): void
  remove(client: LiveClient): void
  close(): void
}

export interface LiveHubOptions {
  readonly subscribe: ApiPorts['subscribe']
  /** Looks up the display names of customers. */
  readonly namesOf: (customerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Where the messages of a topic have personal fields, by the topic’s name. */
  readonly masks: ReadonlyMap<string, Mask | undefined>
  readonly onClients: (count: number) => void
  readonly flushMs?: number
  readonly heartbeatMs?: number
  readonly pendingBytesMax?: number
}

const HEARTBEAT = ': still here\n\n'
const TOO_SLOW = 'This client reads updates more slowly than they arrive. Reconnect to get the newest ones.'

/**
 * Broadcasts published events to all clients as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Reads from Kafka only while there are clients. A
 * client that reads too slowly is disconnected with a `dropped` event, to bound the memory per client.
 */
export function createLiveHub({
  subscribe,
  namesOf,
  masks,
  onClients,
  flushMs = 100,
  heartbeatMs = 15_000,
  pendingBytesMax = 1 << 20,
}: LiveHubOptions): LiveHub {
  const clients = new Set<LiveClient>()
  const names = createNameCache(namesOf)
  const pending = createPendingMessages()
  let unsubscribe: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  let flushing: Promise<void> = Promise.resolve()
  const heartbeat = setInterval(() => broadcast(() => HEARTBEAT), heartbeatMs)
  heartbeat.unref()

  function receive(event: LiveEvent): void {
    pending.push(messageOf(event))
    timer ??= setTimeout(() => {
      timer = undefined
      flushing = flushing.then(flush)
    }, flushMs)
  }

  async function flush(): Promise<void> {
    const { messages, skipped } = pending.take()
    // Messages are sent even if a name can't be looked up.
    await names.load(messages.flatMap(customersOf))
    broadcast(textOf(messages, { nameOf: names.nameOf, masks, skipped }))
  }

  function broadcast(textFor: (client: LiveClient) => string): void {
    for (const client of clients) {
      if (client.pendingBytes() > pendingBytesMax) {
        client.write(frame('dropped', { reason: TOO_SLOW }))
        drop(client)
        client.end()
        continue
      }
      const text = textFor(client)
      if (text !== '') client.write(text)
    }
  }

  function drop(client: LiveClient): void {
    if (!clients.delete(client)) return
    onClients(clients.size)
    if (clients.size > 0) return
    unsubscribe?.()
    unsubscribe = undefined
    pending.clear()
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

interface Shown {
  readonly nameOf: NameCache['nameOf']
  readonly masks: LiveHubOptions['masks']
  readonly skipped: number
}

/**
 * Returns a function that joins the frames of a client's topics. Each message is serialised once for all clients for
 * which the same is masked.
 */
function textOf(messages: readonly LiveMessage[], { nameOf, masks, skipped }: Shown): (client: LiveClient) => string {
  const framesFor = new Map<string, readonly { readonly topic: string; readonly text: string }[]>()
  const framesOf = (kinds: PersonalKinds) => {
    const key = [...kinds].sort().join()
    const known = framesFor.get(key)
    if (known !== undefined) return known
    const frames = messages.map((one) => {
      const data = withNames(one, nameOf)
      const shown = kinds.size === 0 ? data : masked(data, masks.get(one.topic), kinds)
      return { topic: one.topic, text: frame(one.topic, shown) }
    })
    framesFor.set(key, frames)
    return frames
  }
  const note = skipped === 0 ? '' : frame('skipped', { count: skipped })
  return ({ topics, maskedKinds }) => {
    const frames = framesOf(maskedKinds)
    const own = topics === undefined ? frames : frames.filter(({ topic }) => topics.has(topic))
    return note + own.map(({ text }) => text).join('')
  }
}
