import { createMetrics } from '../../api/operations/metrics.ts'
import { processors, processorNamed } from '../../subjects/subjects.ts'
import { startClockFor } from '../../composition/clock.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { startProcessors } from '../../composition/engine/engine.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'

export async function runProcessors(context: CommandContext, only: string | undefined): Promise<void> {
  const here = componentOf(context, 'processors')
  const chosen = only === undefined ? processors : only.split(',').map(processorNamed)
  checkOpenFiles(openFilesNeeded(here.config, chosen.length, false))
  const metrics = createMetrics()
  const parts: RunningPart[] = []
  const operations = await startOperations(here, { metrics, parts: () => parts, database: false })
  parts.push(await startProcessors(here, metrics, chosen), await startClockFor(here))
  here.log('info', `Processors running: ${chosen.length}`)
  await untilStopped(here)
  await Promise.all(parts.map((part) => part.stop()))
  await operations.stop()
}
