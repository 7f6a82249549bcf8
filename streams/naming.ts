import type { Processor } from '../processors/processor.ts'
import type { Topic } from '../schemas/topic.ts'

/** Names of topics, groups and transactional ids on the broker. A prefix separates deployments that share a cluster. */
export interface Naming {
  topic(topic: Topic): string
  /** Consumer group of a processor version. */
  group(processor: Processor): string
  changelog(processor: Processor): string
  /** Topic that holds the id of the deployment. */
  deployment(): string
  /** Transactional id of a task: initialising it fences the task's former owner. */
  transactionalId(processor: Processor, partition: number): string
  /** Transactional id with which an API instance ingests events. */
  intakeId(instance: string): string
  /** Transactional id and group with which `scoreline doctor` tries a transaction. */
  doctor(): string
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
    doctor: () => `${prefix}scoreline.doctor`,
  }
}
