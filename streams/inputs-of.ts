import type { Processor } from '../processors/processor.ts'
import { clock } from '../schemas/contact-centre.ts'
import type { Topic } from '../schemas/topic.ts'

/** The topics that a processor's tasks read: its inputs, and the clock where it has timers. */
export function inputsOf(processor: Processor): readonly Topic[] {
  const topics = processor.inputs.map(({ topic }) => topic as Topic)
  return processor.onTimer === undefined || topics.includes(clock as Topic) ? topics : [...topics, clock as Topic]
}
