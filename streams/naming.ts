import type { Processor } from '../processors/processor.ts'
import type { Topic } from '../schemas/topic.ts'

/** What things are called on the broker. A prefix keeps deployments apart that share a cluster. */
export interface Naming {
  topic(topic: Topic): string
  /** Consumer group of a processor's version. */
  group(processor: Processor): string
  changelog(processor: Processor): string
  /** Holds the id of the deployment that the topics belong to. */
  deployment(): string
  /** One per task: initialising it fences the task’s former owner. */
  transactionalId(processor: Processor, partition: number): string
  /** Transactional id under which an instance of the API takes events in. */
  intakeId(instance: string): string
}

export function createNaming(prefix = ''): Naming {
  const base = (processor: Processor) => `${prefix}scoreline.${processor.name}.v${processor.version}`
  return {
    topic: (topic) => prefix + topic.name,
    group: base,
    deployment: () => `${prefix}scoreline.deployment`,
    changelog: (processor) => `${base(processor)}.changelog`,
    transactionalId: (processor, partition) => `${base(processor)}.${partition}`,
    intakeId: (instance) => `${prefix}scoreline.intake.${instance}`,
  }
}
