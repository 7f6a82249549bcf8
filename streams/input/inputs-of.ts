import type { Processor } from '../../processors/processor.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { misplacedRecords } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { mayBeMisplaced } from './misplaced.ts'

/**
 * The topics that a processor's tasks read: its inputs, the clock where it has timers, and what stood outside its key's
 * partition in one of them.
 */
export function inputsOf(processor: Processor): readonly Topic[] {
  const topics = new Set(processor.inputs.map(({ topic }) => topic as Topic))
  if (processor.onTimer !== undefined) topics.add(clock as Topic)
  if ([...topics].some(mayBeMisplaced)) topics.add(misplacedRecords as Topic)
  return [...topics]
}
