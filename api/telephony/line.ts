/** A socket as the adapters see it. */
export interface Line {
  send(frame: string): void
  close(code: number, reason: string): void
}

/** WebSocket close codes (RFC 6455, section 7.4.1). */
export const CLOSE = { normal: 1_000, goingAway: 1_001, unsupported: 1_003, violation: 1_008, failure: 1_011 } as const

/** A peer that sends more frames than this that must be refused does not speak the protocol. */
const REFUSALS_MAX = 20

/** Counts refused frames, logs each with its reason, and closes the connection when there are too many. */
export function createRefusals(
  line: Line,
  logError: (message: string) => void,
  protocol: string,
): (why: string) => void {
  let count = 0
  return (why) => {
    count += 1
    logError(`${protocol}: a frame is refused. ${why}`)
    if (count === REFUSALS_MAX) line.close(CLOSE.violation, `${REFUSALS_MAX} frames had to be refused.`)
  }
}
