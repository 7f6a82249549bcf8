/**
 * Limits an engine's transactions per second. A transaction for every few events of each of many tasks would cost the
 * process and the brokers far more than the events. Beyond the limit tasks take turns, and each transaction carries
 * more. It is the generic cell rate algorithm (ITU-T I.371): capacity unused within the last half second may be used at
 * once.
 */
export interface CommitPace {
  /** Returns how long a task waits, in ms, after committing a transaction that was not full. */
  pauseMs(): number
}

const BURST_MS = 500

export function createCommitPace(commitsPerSecondMax: number, now = () => performance.now()): CommitPace {
  let turn = -Infinity
  return {
    pauseMs() {
      const at = now()
      turn = Math.max(turn, at - BURST_MS) + 1_000 / commitsPerSecondMax
      return Math.max(0, turn - at)
    },
  }
}
