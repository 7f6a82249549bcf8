import { componentOf, untilStopped, type CommandContext } from '../../composition/context.ts'
import { publishHistory, publishOutcomes, startSimulator } from '../../composition/simulator.ts'

export async function runSimulator(context: CommandContext): Promise<void> {
  const here = componentOf(context, 'simulator')
  await publishHistory(here)
  await publishOutcomes(here)
  const part = await startSimulator(here)
  await untilStopped(here)
  await part.stop()
}
