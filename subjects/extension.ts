import type { DescribedFeatures } from '../features/feature-set.ts'
import type { Processor } from '../processors/processor.ts'
import type { Detector } from '../processors/visits/evidence/detector.ts'
import type { SourceValue } from '../processors/webhooks/webhook-source-setting.ts'
import type { Topic } from '../schemas/topic.ts'
import type { LearnableTask } from '../retrainer/lifecycle/learnable-task.ts'

/**
 * What a bank adds to the platform: the manifest that the `index.ts` or `index.js` of its folder exports as
 * `extension`. The lists are those of a subject. There are no tables: results go to topics, those of the platform
 * (scores, alerts) or its own.
 */
export interface Extension {
  /** Differs from the names of the platform's subjects. */
  readonly name: string
  readonly topics?: readonly Topic[]
  readonly featureSets?: readonly DescribedFeatures[]
  readonly processors?: readonly Processor[]
  readonly learnableTasks?: readonly LearnableTask[]
  /** Kinds of evidence against visits. */
  readonly detectors?: readonly Detector[]
  /** Sources of webhooks with their mappings, by name. People may change them; until then these apply. */
  readonly webhookSources?: Readonly<Record<string, SourceValue>>
}
