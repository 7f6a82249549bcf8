import { untilStopped, type DefineCommand } from './context.ts'
import { startSink } from './sink.ts'

export const defineSink: DefineCommand = (program, context) => {
  program
    .command('sink')
    .description('write what the processors publish to PostgreSQL; start it several times to share the work')
    .action(async () => {
      const here = context()
      const part = await startSink(here)
      here.log('info', 'The sink is at work')
      await untilStopped(here)
      await part.stop()
    })
}
