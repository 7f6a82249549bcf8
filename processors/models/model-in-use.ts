import type { Model } from '../../models/model.ts'
import type { Globals } from '../processor.ts'

/** Returns the model with that id among those that give live scores for the task: the released one and the canary. */
export function modelInUse(
  globals: Pick<Globals, 'model' | 'trials'>,
  task: string,
  modelId: string | null,
): Model | undefined {
  return [globals.model(task), globals.trials?.(task)?.canary?.model].find((model) => model?.id === modelId)
}
