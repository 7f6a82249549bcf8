import { createMetrics } from '../../api/operations/metrics.ts'
import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { withDatabase } from '../../composition/database.ts'
import { startDeliveries } from '../../composition/deliveries/deliveries.ts'
import { testChannel } from '../../composition/deliveries/test-channel.ts'
import { checkDeployment } from '../../composition/deployment.ts'
import { checkOpenFiles, openFilesNeeded } from '../../composition/open-files.ts'
import { startOperations } from '../../composition/operations.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import {
  deliveryStates,
  listDeliveries,
  redriveDeliveries,
  type DeliveryState,
} from '../../store/deliveries/deliveries.ts'
import { releaseChannels } from '../../store/deliveries/held-channels.ts'
import type { DefineCommand } from '../define-command.ts'

interface Filter {
  readonly channel?: string
  readonly status?: string
}

const PAGE = 500

/**
 * Defines `scoreline deliveries`, which sends alerts to the channels, and subcommands to inspect and retry the queue.
 */
export const defineDeliveries: DefineCommand = (command, context) => {
  command.action(() => run(context()))
  command
    .command('list')
    .description('list deliveries with their status, one JSON object per line, newest first')
    .option('--status <status>', deliveryStates.join(', '))
    .option('--channel <name>', 'only of this channel')
    .action((filter: Filter) => list(context(), filter))
  command
    .command('redrive')
    .description('send dead deliveries again; a held channel resumes')
    .option('--channel <name>', 'only of this channel')
    .action(async ({ channel }: Filter) => {
      const here = context()
      await withDatabase(here, 'deliveries', async (database) => {
        const redriven = await redriveDeliveries(database, { channel })
        await releaseChannels(database, channel)
        here.print(JSON.stringify({ redriven }))
      })
    })
  command
    .command('test')
    .description('send a test message to a channel and show the receiver’s response')
    .argument('<channel>')
    .action(async (name: string) => {
      const here = context()
      await withDatabase(here, 'deliveries', async (database) => {
        const test = await testChannel(here, database, name)
        if (test === undefined)
          throw new Error(`There is no channel ${JSON.stringify(name)} in use. /channels lists them.`)
        here.print(JSON.stringify(test))
        if (!test.delivered) throw new Error(`The channel ${name} did not accept the test message: ${test.answer}`)
      })
    })
}

async function run(context: CommandContext): Promise<void> {
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

async function list(here: CommandContext, { status, channel }: Filter): Promise<void> {
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
