import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import type { RunningPart } from '../running-part.ts'
import { startPartThread } from '../threads/part-thread.ts'

const ENTRY = new URL('./sink-thread.ts', import.meta.url)

/** Starts the sink in its own thread: encoding thousands of rows for the database would delay requests. */
export async function startSinkThread(context: CommandContext, metrics: StreamMetrics): Promise<RunningPart> {
  const thread = startPartThread(context, metrics, {
    entry: ENTRY,
    name: 'The thread of the sink',
    shortName: 'sink',
    data: context.config,
  })
  await thread.started
  return { name: 'sink', trouble: thread.trouble, lag: thread.lag, stop: thread.stop }
}
