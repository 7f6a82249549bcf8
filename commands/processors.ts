import { processors } from '../processors/processors.ts'
import { noMetrics } from '../streams/metrics.ts'
import { startClockFor } from './clock.ts'
import { untilStopped, type DefineCommand } from './context.ts'
import { startProcessors } from './engine.ts'
import { processorNamed } from './processor-named.ts'

export const defineProcessors: DefineCommand = (program, context) => {
  program
    .command('processors')
    .description('run the stream processors; start it several times to share the work')
    .option('--only <names>', 'of these, separated by commas')
    .action(async ({ only }: { only?: string }) => {
      const here = context()
      const chosen = only === undefined ? processors : only.split(',').map(processorNamed)
      const parts = [await startProcessors(here, noMetrics, chosen), await startClockFor(here)]
      here.log('info', `${chosen.length} processors at work`)
      await untilStopped(here)
      await Promise.all(parts.map((part) => part.stop()))
    })
}
