import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { startSimulator, publishHistory } from '../../composition/simulator.ts'

export async function runSimulator(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'simulator')
  await publishHistory(here)
  const part = await startSimulator(here)
  await untilStopped(here)
  await part.stop()
}
