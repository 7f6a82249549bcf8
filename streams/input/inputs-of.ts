import type { Processor } from '../../processors/processor.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { movedRecords } from '../../schemas/platform/customer-merges.ts'
import { misplacedRecords } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { isKeyedByCustomer } from '../merging/leave.ts'
import { mayBeMisplaced } from './misplaced.ts'

/**
 * Returns the topics that a processor's tasks read: its inputs, the clock if it has timers, the topic of forwarded
 * records if one of them can be misplaced, and that of moved ones if its keys are customers.
 */
export function inputsOf(processor: Processor): readonly Topic[] {
  const topics = new Set(processor.inputs.map(({ topic }) => topic as Topic))
  if (processor.onTimer !== undefined) topics.add(clock as Topic)
  if ([...topics].some(mayBeMisplaced)) topics.add(misplacedRecords as Topic)
  if (isKeyedByCustomer(processor)) topics.add(movedRecords as Topic)
  return [...topics]
}
