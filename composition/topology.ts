import type { ProcessorNode } from '../api/operations/processor-node.ts'
import type { Processor } from '../processors/processor.ts'
import type { Topic } from '../schemas/topic.ts'
import { inputsOf } from '../streams/input/inputs-of.ts'

/**
 * Returns what each processor reads and writes. Left out is what every processor has: forwarded records, its changelog,
 * the journal and dead letters.
 */
export function topologyOf(processors: readonly Processor[]): readonly ProcessorNode[] {
  return processors.map((processor) => {
    const { name, purpose, outputs, scorers = [] } = processor
    return {
      ...{ name, purpose },
      inputs: namesOf(inputsOf(processor).filter((topic) => topic.role !== 'system')),
      outputs: namesOf(outputs),
      scorers: scorers.map((scorer) => ({
        ...{ name: scorer.name, purpose: scorer.purpose },
        outputs: namesOf(scorer.outputs),
      })),
    }
  })
}

function namesOf(topics: readonly Topic[]): readonly string[] {
  return topics.map(({ name }) => name)
}
