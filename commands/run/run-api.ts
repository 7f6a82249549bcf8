import { createMetrics } from '../../api/operations/metrics.ts'
import { startApi } from '../../composition/api/api.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import type { RunningPart } from '../../composition/running-part.ts'

export async function runApi(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'api')
  checkOpenFiles(openFilesNeeded(here.config, 0, false))
  const parts: RunningPart[] = []
  await checkDeployment(here)
  const part = await startApi(here, createMetrics(), () => parts)
  parts.push(part)
  here.log('info', `The API and the dashboard are at http://${here.config.API_HOST}:${here.config.API_PORT}/`)
  await untilStopped(here)
  await part.stop()
}
