import { setTimeout as delay } from 'node:timers/promises'
import { random, uniformInteger } from '../../simulator/random.ts'
import { apiKeys, type Fate } from '../../tests/kafka/tcp-proxy.ts'
import { fault } from '../fault.ts'

interface Plan {
  readonly seed: number
  readonly forMs: number
}

const API_NAMES = new Map<number, string>([
  ...Object.entries(apiKeys).map(([name, key]) => [key, name] as const),
  [2, 'listOffsets'],
  [3, 'metadata'],
  [9, 'offsetFetch'],
  [13, 'leaveGroup'],
  [18, 'apiVersions'],
])

/** Probability of a fault by kind of request: those that write, those that end a transaction, and others. */
interface Chances {
  readonly produce: number
  readonly endTxn: number
  readonly others: number
}

function badNetwork(name: string, purpose: string, what: string, chances: Chances, fateOf: (draw: number) => Fate) {
  return fault<Plan>({
    name,
    purpose,
    brokers: 1,
    plan: (next) => ({ seed: uniformInteger(next, 1, 1e9), forMs: uniformInteger(next, 3_000, 6_000) }),
    async inject({ stage }, { seed, forMs }) {
      const next = random('bad-network', seed)
      const hit = new Map<string, number>()
      stage.proxy!.decide = ({ apiKey }) => {
        const draw = next()
        const chance =
          apiKey === apiKeys.endTxn ? chances.endTxn : apiKey === apiKeys.produce ? chances.produce : chances.others
        if (draw >= chance) return 'pass'
        const api = API_NAMES.get(apiKey) ?? `API ${apiKey}`
        hit.set(api, (hit.get(api) ?? 0) + 1)
        return fateOf(next())
      }
      await delay(forMs)
      stage.proxy!.decide = () => 'pass'
      const counts = [...hit].sort(([one], [other]) => (one < other ? -1 : 1)).map(([api, count]) => `${count} ${api}`)
      return `for ${forMs} ms ${what}: ${counts.join(', ')}`
    },
  })
}

const CHANCES: Chances = { produce: 0.05, endTxn: 0.1, others: 0.005 }
/**
 * Longer than the request time-out, so that some requests arrive after the sender has given up and another owner is
 * active.
 */
const HELD_MS_MAX = 12_000

export const cutRequests = badNetwork(
  'cut',
  'connections break before a request reaches the broker, or after it was carried out and before the answer: Produce and EndTxn above all',
  'connections broken at',
  CHANCES,
  (draw) => (draw < 0.5 ? 'cut' : 'cutAnswer'),
)

export const dropRequests = badNetwork(
  'drop',
  'requests or their answers disappear without a word',
  'lost without an answer',
  { produce: 0.01, endTxn: 0.02, others: 0.001 },
  (draw) => (draw < 0.5 ? 'drop' : 'dropAnswer'),
)

export const delayRequests = badNetwork(
  'delay',
  'requests arrive late, some after the transaction that they belong to was ended by another owner (KIP-890)',
  'held back',
  CHANCES,
  (draw) => delay(draw < 0.8 ? 100 + 2_000 * draw : HELD_MS_MAX * draw),
)
