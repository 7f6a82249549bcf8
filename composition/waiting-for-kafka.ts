/** Below it a leader has moved or a connection has broken, and nobody need know. */
const WAITING_MS_MAX = 10_000

/** What a part tells whose producer has waited so long for an answer; `undefined`: that is no trouble. */
export function waitingForKafka(what: string, waitingMs: number): string | undefined {
  if (waitingMs < WAITING_MS_MAX) return undefined
  return `${what} has waited for Kafka for ${Math.round(waitingMs / 1000)} s; it is tried until Kafka answers.`
}
