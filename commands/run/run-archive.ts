import { createMetrics } from '../../api/operations/metrics.ts'
import { openArchiver, startArchiver } from '../../composition/archive/archiver.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'

export async function runArchive(context: CommandContext, once: boolean): Promise<void> {
  const here = componentOf(context, 'archive')
  if (once) return archiveOnce(here)
  const parts: RunningPart[] = []
  const metrics = createMetrics()
  const operations = await startOperations(here, { metrics, parts: () => parts, database: false })
  parts.push(await startArchiver(here, metrics))
  here.log('info', 'The archive is running')
  await untilStopped(here)
  await Promise.all(parts.map((part) => part.stop()))
  await operations.stop()
}

async function archiveOnce(here: CommandContext): Promise<void> {
  const archiver = await openArchiver(here)
  try {
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()]
    const done = await archiver.pass(true)
    const { user, system } = process.cpuUsage(cpuBefore)
    const seconds = { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (user + system) / 1e6 }
    here.print(JSON.stringify({ ...done, ...seconds }))
  } finally {
    await archiver.close()
  }
}
