import { createMetrics } from '../../api/operations/metrics.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { startSink } from '../../composition/sink/sink.ts'

export async function runSink(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'sink')
  checkOpenFiles(openFilesNeeded(here.config, 0, false))
  const metrics = createMetrics()
  const parts: RunningPart[] = []
  const operations = await startOperations(here, { metrics, parts: () => parts, database: true })
  await checkDeployment(here)
  parts.push(await startSink(here, metrics))
  here.log('info', 'The sink is running')
  await untilStopped(here)
  await Promise.all(parts.map((part) => part.stop()))
  await operations.stop()
}
