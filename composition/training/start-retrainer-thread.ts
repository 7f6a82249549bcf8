import { noMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import type { RunningPart } from '../running-part.ts'
import { startPartThread } from '../threads/part-thread.ts'

const ENTRY = new URL('./retrainer-thread.ts', import.meta.url)

/** Starts the retrainer in its own thread of lowest priority, so that scores and requests don't wait for a training. */
export async function startRetrainerThread(context: CommandContext): Promise<RunningPart> {
  const thread = startPartThread(context, noMetrics, {
    entry: ENTRY,
    name: 'The thread of the retrainer',
    shortName: 'retrainer',
    data: context.config,
  })
  await thread.started
  return { name: 'retrainer', trouble: thread.trouble, stop: thread.stop }
}
