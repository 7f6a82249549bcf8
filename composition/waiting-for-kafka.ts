/** Waits up to this long are a leader election or a broken connection, and not worth a report. */
const WAITING_MS_MAX = 10_000

/** Returns the trouble of a part whose producer has waited too long for an answer; `undefined` for normal waits. */
export function waitingForKafka(what: string, waitingMs: number): string | undefined {
  if (waitingMs < WAITING_MS_MAX) return undefined
  return `${what} has waited for Kafka for ${Math.round(waitingMs / 1000)} s; it is tried until Kafka answers.`
}
