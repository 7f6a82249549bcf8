import { sourceOf, type Processor } from '../../processors/processor.ts'
import { gaps, type Gap } from '../../schemas/platform/platform.ts'
import { message, type Message } from '../../schemas/topic.ts'

/** Returns the record of a range that was deleted before the task could read it. */
export function gapOf(
  processor: Processor,
  gap: Pick<Gap, 'topic' | 'partition' | 'from' | 'to'>,
  now: number,
): Message {
  return message(gaps, {
    id: `${processor.name}/${gap.topic}/${gap.partition}/${gap.from}-${gap.to}`,
    occurredAt: now,
    source: sourceOf(processor),
    processor: processor.name,
    ...gap,
  })
}
