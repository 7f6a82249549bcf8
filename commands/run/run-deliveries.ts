import { createMetrics } from '../../api/operations/metrics.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { startDeliveries } from '../../composition/deliveries/deliveries.ts'
import { testChannel } from '../../composition/deliveries/test-channel.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { deliveryStates, type DeliveryState } from '../../store/deliveries/delivery-states.ts'
import { listDeliveries, redriveDeliveries } from '../../store/deliveries/deliveries.ts'
import { releaseChannels } from '../../store/deliveries/held-channels.ts'

export interface DeliveryFilter {
  readonly channel?: string
  readonly status?: string
}

const PAGE = 500

export async function runDeliveries(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'deliveries')
  checkOpenFiles(openFilesNeeded(here.config, 0, false))
  const metrics = createMetrics()
  const parts: RunningPart[] = []
  const operations = await startOperations(here, { metrics, parts: () => parts, database: true })
  await checkDeployment(here)
  parts.push(await startDeliveries(here, metrics))
  here.log('info', 'Deliveries are running')
  await untilStopped(here)
  await Promise.all(parts.map((part) => part.stop()))
  await operations.stop()
}

export async function listByFilter(here: CommandContext, { status, channel }: DeliveryFilter): Promise<void> {
  if (status !== undefined && !(deliveryStates as readonly string[]).includes(status))
    throw new Error(`--status must be one of ${deliveryStates.join(', ')}.`)
  const filter = {
    ...(status === undefined ? {} : { status: status as DeliveryState }),
    ...(channel === undefined ? {} : { channel }),
  }
  await withDatabase(here, 'deliveries', async (database) => {
    let after: number | undefined
    do {
      const page = await listDeliveries(database, filter, { limit: PAGE, ...(after === undefined ? {} : { after }) })
      for (const one of page) here.print(JSON.stringify(one))
      after = page.length < PAGE ? undefined : page.at(-1)!.number
    } while (after !== undefined)
  })
}

/** Marks dead deliveries for another attempt, and releases the channel if it was held. */
export async function redrive(here: CommandContext, { channel }: DeliveryFilter): Promise<void> {
  await withDatabase(here, 'deliveries', async (database) => {
    const redriven = await redriveDeliveries(database, { channel })
    await releaseChannels(database, channel)
    here.print(JSON.stringify({ redriven }))
  })
}

/** Sends a test message to a channel. Throws if it is not accepted. */
export async function sendTest(here: CommandContext, name: string): Promise<void> {
  await withDatabase(here, 'deliveries', async (database) => {
    const test = await testChannel(here, database, name)
    if (test === undefined) throw new Error(`There is no channel ${JSON.stringify(name)} in use. /channels lists them.`)
    here.print(JSON.stringify(test))
    if (!test.delivered) throw new Error(`The channel ${name} did not accept the test message: ${test.answer}`)
  })
}
