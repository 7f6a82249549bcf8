import type { Topic } from '../schemas/topic.ts'

/** Longer than an accepted request may take: a client that gives up earlier would not learn the outcome. */
const ANSWER_MS_MAX = 150_000
const TIMES = ['occurredAt', 'checkInAt', 'checkOutAt']

/**
 * Posts events to the platform's HTTP API. Resolves to undefined once they are answered with 202, or to the error if
 * they are rejected as invalid (4xx). Rejects if they must be sent again, because the API is down or its answer was
 * lost.
 */
export async function postEvents(port: number, topic: Topic, events: readonly unknown[]): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/events/${topic.name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(events.map((event) => asJson(event as Record<string, unknown>))),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  })
  const answer = await response.text()
  if (response.status === 202) return undefined
  if (response.status >= 400 && response.status < 500 && response.status !== 429)
    return `POST /events/${topic.name} was answered with ${response.status}: ${answer.slice(0, 500)}`
  throw new Error(`POST /events/${topic.name}: ${response.status} ${answer.slice(0, 200)}`)
}

function asJson(event: Record<string, unknown>): Record<string, unknown> {
  const times = TIMES.filter((name) => typeof event[name] === 'number')
  return { ...event, ...Object.fromEntries(times.map((name) => [name, new Date(event[name] as number).toISOString()])) }
}
