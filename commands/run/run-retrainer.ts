import { createMetrics } from '../../api/operations/metrics.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { startOperations } from '../../composition/operations.ts'
import { startOutbox } from '../../composition/outbox.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { startRetrainerThread } from '../../composition/training/start-retrainer-thread.ts'

export async function runRetrainer(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'retrainer')
  checkOpenFiles(openFilesNeeded(here.config, 0, false))
  const parts: RunningPart[] = []
  const operations = await startOperations(here, { metrics: createMetrics(), parts: () => parts, database: true })
  await checkDeployment(here)
  parts.push(await startOutbox(here), await startRetrainerThread(here))
  await untilStopped(here)
  await Promise.all(parts.map((part) => part.stop()))
  await operations.stop()
}
