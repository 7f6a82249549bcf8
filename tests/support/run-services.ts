/** One Kafka and one PostgreSQL for the whole run; none with `SCORELINE_TEST_SERVICES=none`, for pure tests. */
import { join } from 'node:path'
import { makeDatabaseTemplate } from './database-template.ts'
import { closeRunFolder, openRunFolder, removeRunFolder } from './run-folder.ts'
import { removeLeftOvers } from './left-overs.ts'
import type { Service } from './service.ts'
import { provideBroker, provideDatabase } from './test-services.ts'

const started: Service[] = []
let dropTemplate = (): Promise<void> => Promise.resolve()

const remember = (service: Service): Service => {
  started.push(service)
  return service
}

const killAll = (): void => {
  started.splice(0).forEach(({ kill }) => kill())
  removeRunFolder()
}

/**
 * Jest’s global setup: starts both at once and passes their addresses as KAFKA_BROKERS, DATABASE_URL and
 * DATABASE_TEMPLATE.
 */
export const startServices = async (): Promise<void> => {
  await removeLeftOvers()
  openRunFolder()
  // Processes that tests start reuse compiled code, as the program does.
  process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/compile')
  // An interrupted run never reaches the teardown, and the servers are in their own process groups.
  process.once('exit', killAll)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => (killAll(), process.kill(process.pid, signal)))
  if (process.env.SCORELINE_TEST_SERVICES === 'none') return
  const results = await Promise.allSettled([provideBroker().then(remember), provideDatabase().then(remember)])
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []))
  if (failures.length > 0) {
    await stopServices()
    throw new AggregateError(
      failures,
      `the tests' servers could not be started: ${failures.map(({ message }) => message).join('; ')}`,
    )
  }
  const [broker, database] = results.map((result) => (result as PromiseFulfilledResult<Service>).value)
  process.env.KAFKA_BROKERS = broker!.address
  process.env.DATABASE_URL = database!.address
  const template = await makeDatabaseTemplate(database!.address).catch(async (error: unknown) => {
    await stopServices()
    throw error
  })
  process.env.DATABASE_TEMPLATE = template.name
  dropTemplate = template.drop
}

/**
 * Jest’s global teardown, also after failed tests: stops what the setup has started, and fails if a test has left
 * something.
 */
export const stopServices = async (): Promise<void> => {
  // A server that was provided stays, and must not keep the template.
  await dropTemplate()
  await Promise.all(started.splice(0).map(({ stop }) => stop()))
  closeRunFolder()
}
