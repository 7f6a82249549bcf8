import { setTimeout as delay } from 'node:timers/promises'
import { random } from '../../models/random.ts'

export interface LiveSessions {
  /** Sessions that go on at once. */
  readonly sessions: number
  readonly turns: number
  /** Mean time in ms from an answer to the customer's next turn: what is said and the reply. */
  readonly replyMs: number
  /** Time in ms over which the calls begin. */
  readonly rampMs: number
}

/** Latency in ms of the answers to turns, at the client. */
export interface AnswerTimes {
  readonly answers: number
  readonly p50: number
  readonly p99: number
}

type Post = (path: string, body: object) => Promise<unknown>

const REPLIES = [
  'yes, go on',
  'what do you mean by that?',
  'that sounds too expensive to me',
  'and how long does it take?',
  'I already use something like this at another bank, but tell me more about it',
]

/**
 * Leads that many calls at once, each with a customer who replies at random times, and returns how long the answers
 * took. `id` names the calls; `post` sends a request and throws unless it succeeds.
 */
export async function leadCalls(
  post: Post,
  customerOf: (index: number) => string,
  id: string,
  { sessions, turns, replyMs, rampMs }: LiveSessions,
): Promise<AnswerTimes> {
  const draw = random(1)
  const times: number[] = []
  const lead = async (index: number) => {
    const callId = `${id}-${index}`
    await delay(draw() * rampMs)
    await post('/call-sessions', { callId, customerId: customerOf(index), language: 'en' })
    for (let number = 0; number < turns; number++) {
      await delay(replyMs * (0.5 + draw()))
      const from = performance.now()
      const text = REPLIES[Math.floor(draw() * REPLIES.length)]!
      await post(`/call-sessions/${callId}/turns`, { number, text })
      times.push(performance.now() - from)
    }
    await post(`/call-sessions/${callId}/end`, { reason: 'benchmark' })
  }
  await Promise.all(Array.from({ length: sessions }, (_, index) => lead(index)))
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!
  return { answers: times.length, p50: at(0.5), p99: at(0.99) }
}
