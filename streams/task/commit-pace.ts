/**
 * Events that come a few at a time for many tasks would cost a transaction each, which takes the process and the brokers
 * far longer than the events. So the tasks of an engine share a number of transactions a second: beyond it they take
 * turns, and each transaction carries more. The generic cell rate algorithm (ITU-T I.371): what was not used within the
 * last half of a second may be used at once.
 */
export interface CommitPace {
  /** A transaction that was not full has been committed. How long the task waits before its next, in ms. */
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
