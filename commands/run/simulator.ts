import type { DefineCommand } from '../define-command.ts'
import { componentOf, untilStopped } from '../../composition/context.ts'
import { startSimulator, publishHistory } from '../../composition/simulator.ts'

export const defineSimulator: DefineCommand = (command, context) => {
  command.action(async () => {
    const here = componentOf(context(), 'simulator')
    await publishHistory(here)
    const part = await startSimulator(here)
    await untilStopped(here)
    await part.stop()
  })
}
