/** Shorter waits are a leader election or a broken connection, and not worth a report. */
const WAITING_MS_MAX = 10_000

/** The message of a part whose producer has waited this long for an answer; `undefined`: that is normal. */
export function waitingForKafka(what: string, waitingMs: number): string | undefined {
  if (waitingMs < WAITING_MS_MAX) return undefined
  return `${what} has waited for Kafka for ${Math.round(waitingMs / 1000)} s; it is tried until Kafka answers.`
}
