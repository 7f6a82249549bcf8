import type { Routes } from '../api/routes.ts'
import type { DescribedFeatures } from '../features/feature-set.ts'
import type { Processor } from '../processors/processor.ts'
import type { LearnableTask } from '../retrainer/lifecycle/learnable-task.ts'
import type { VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { Topic } from '../schemas/topic.ts'
import type { PersonTables } from '../store/persons.ts'
import type { SinkWriter } from '../store/sink/writer.ts'

/**
 * Everything that one subject contributes to the platform. What is listed here is created, run, stored, served and
 * documented; there is no other registration.
 */
export interface Subject {
  /** Name of its folder in every layer. */
  readonly name: string
  /** Topics other than the changelogs, which belong to their processors. */
  readonly topics?: readonly Topic[]
  /** Feature sets on whose rows models are trained. */
  readonly featureSets?: readonly DescribedFeatures[]
  readonly processors?: readonly Processor[]
  /** Tasks whose models the retrainer trains on labelled outcomes. */
  readonly learnableTasks?: readonly LearnableTask[]
  /** Settings that people edit; each comes with its routes, storage and topic. */
  readonly settings?: readonly VersionedSetting[]
  /** Writers of the sink, from topics to tables. */
  readonly writers?: readonly SinkWriter[]
  /** Where its tables hold people; topics and processors say it themselves. */
  readonly personTables?: PersonTables
  readonly routes?: readonly Routes[]
  /** Topics whose events the dashboard receives live (`GET /live`). */
  readonly liveTopics?: readonly Topic[]
}
