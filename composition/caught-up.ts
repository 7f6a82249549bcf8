import { pause } from '../streams/task/loop.ts'
import type { CommandContext } from './context.ts'
import { createProgress } from './training/progress.ts'
import { lagOf as lagOfPart, type RunningPart } from './running-part.ts'

const POLL_MS = 300
/** Consecutive looks without lag that count as idle: the output of one part is new work for the next. */
const IDLE_POLLS = 4

/** Resolves once no part has any lag left. */
export async function untilCaughtUp(
  { log, stopped }: CommandContext,
  parts: readonly RunningPart[],
  title: string,
): Promise<void> {
  const lagOf = () => parts.reduce((sum, part) => sum + (part.lag === undefined ? 0 : (lagOfPart(part) ?? 1)), 0)
  const progress = createProgress(title, 1, log)
  let most = 1
  for (let idlePolls = 0; idlePolls < IDLE_POLLS && !stopped.aborted;) {
    await pause(POLL_MS, stopped)
    const lag = lagOf()
    idlePolls = lag === 0 ? idlePolls + 1 : 0
    most = Math.max(most, lag)
    progress.update(1 - lag / most)
  }
  progress.stop()
}
