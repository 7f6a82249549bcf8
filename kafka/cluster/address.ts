import { KafkaError } from '../errors.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** Parses `host:port`, with brackets around an IPv6 host. */
export function addressOf(broker: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(broker)
  const port = Number(match?.[3])
  if (!match || port < 1 || port > 65_535)
    throw new KafkaError(`Broker ${JSON.stringify(broker)} is not an address. Write host:port`, 'BAD_ADDRESS', 'fatal')
  return { host: (match[1] ?? match[2])!, port }
}

export function nameOf({ host, port }: Address): string {
  return `${host}:${port}`
}

export function distinct(list: readonly Address[]): Address[] {
  return [...new Map(list.map((address) => [nameOf(address), address])).values()]
}

/** Rotates the list at random, so that clients that start together don't all ask the same broker first. */
export function shuffled(list: readonly Address[]): Address[] {
  const start = Math.floor(Math.random() * list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}
