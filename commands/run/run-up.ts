import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { createMetrics } from '../../api/operations/metrics.ts'
import { killOrphan } from '../../deploy/server-record.ts'
import { startArchiver } from '../../composition/archive/archiver.ts'
import { startApi } from '../../composition/api/api.ts'
import { bannerOf } from '../../composition/banner.ts'
import { untilCaughtUp } from '../../composition/caught-up.ts'
import { startClockFor } from '../../composition/clock.ts'
import { startContinuousVerification } from '../../composition/verify/continuous-verification.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { startDeliveries } from '../../composition/deliveries/deliveries.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { provideServices } from '../../composition/embedded.ts'
import { startStreamThreads } from '../../composition/engine/stream-threads.ts'
import { ensureTopics } from '../../composition/kafka.ts'
import { migrateDatabase } from '../../composition/database.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { startOutbox } from '../../composition/outbox.ts'
import { startRetrainerThread } from '../../composition/training/start-retrainer-thread.ts'
import { trainFirstModels } from '../../composition/training/first-models.ts'
import { processors } from '../../subjects/subjects.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { publishHistory, publishOutcomes, startSimulator } from '../../composition/simulator.ts'
import { shutDown } from '../../composition/shut-down.ts'
import { startSinkThread } from '../../composition/sink/start-sink-thread.ts'

/** Runs everything in one process until a stop is requested, with embedded services unless configured. */
export async function runUp(here: CommandContext, { wipe }: { readonly wipe?: boolean }): Promise<void> {
  checkOpenFiles(openFilesNeeded(here.config, processors.length, here.config.KAFKA_BROKERS === undefined))
  if (wipe === true) await wipeData(here)
  const parts: RunningPart[] = []
  const services = await provideServices(here.config, here.log, here.stopped).catch((error: unknown) => {
    if (!here.stopped.aborted) throw error
  })
  if (services === undefined) return
  try {
    // Parts that are still starting when a stop is requested abort by themselves, or end with the process.
    const started = startParts(here, parts)
    started.catch(() => {})
    await Promise.race([started, untilStopped(here)])
    if (!here.stopped.aborted) here.print(bannerOf(here.config, services, parts))
    await untilStopped(here)
  } finally {
    await shutDown(parts, services, here.log)
  }
}

async function startParts(context: CommandContext, parts: RunningPart[]): Promise<void> {
  const { config, log, stopped } = context
  const of = (component: string) => componentOf(context, component)
  const start = async (...begin: (() => Promise<RunningPart>)[]) => {
    if (!stopped.aborted) parts.push(...(await Promise.all(begin.map((one) => one()))))
  }
  const metrics = createMetrics()
  await Promise.all([ensureTopics(context), migrateDatabase(context)])
  await checkDeployment(context)
  // Both run in their own threads, so that the API stays responsive.
  await start(
    () => startSinkThread(of('sink'), metrics),
    () => startStreamThreads(of('processors'), metrics, processors),
  )
  await start(() => startOutbox(of('outbox')))
  await start(() => startApi(of('api'), metrics, () => parts))
  log('info', `The dashboard is at http://${config.API_HOST}:${config.API_PORT}/`)
  if (config.SIMULATE && !stopped.aborted) {
    await publishHistory(of('simulator'))
    await untilCaughtUp(context, parts, 'Scoring the history')
    if ((await publishOutcomes(of('simulator'))) > 0) await untilCaughtUp(context, parts, 'Joining the outcomes')
    if (!stopped.aborted) await trainFirstModels(of('retrainer'))
    await start(async () => {
      const simulator = await startSimulator(of('simulator'))
      parts.push(await startClockFor(of('clock'), () => simulator.simulatedClock().now))
      return simulator
    })
  } else await start(() => startClockFor(of('clock')))
  await start(() => startDeliveries(of('deliveries'), metrics))
  await start(() => startRetrainerThread(of('retrainer')))
  if (config.ARCHIVE_DIRECTORY !== undefined) await start(() => startArchiver(of('archive'), metrics))
  if (config.VERIFY_INTERVAL_MINUTES > 0)
    await start(() => Promise.resolve(startContinuousVerification(of('verification'), metrics)))
}

async function wipeData({ config, log }: CommandContext): Promise<void> {
  await killOrphan(resolve(config.DATA_DIRECTORY, 'kafka'), 'the Kafka broker')
  await killOrphan(resolve(config.DATA_DIRECTORY, 'postgres'), 'PostgreSQL')
  for (const part of ['kafka', 'postgres', 'state', 'vectors', 'views', 'simulator.json']) {
    rmSync(resolve(config.DATA_DIRECTORY, part), { recursive: true, force: true })
  }
  log('info', `${resolve(config.DATA_DIRECTORY)} was wiped`)
}
