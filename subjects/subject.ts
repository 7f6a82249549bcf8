import type { Routes } from '../api/routes.ts'
import type { DescribedFeatures } from '../features/feature-set.ts'
import type { Processor } from '../processors/processor.ts'
import type { LearnableTask } from '../retrainer/lifecycle/learnable-task.ts'
import type { VersionedSetting } from '../schemas/platform/versioned-setting.ts'
import type { Topic } from '../schemas/topic.ts'
import type { SinkWriter } from '../store/sink/writer.ts'

/**
 * Everything that the platform takes from one subject. What is listed here is created, run, stored, served and
 * documented; nothing is registered anywhere else.
 */
export interface Subject {
  /** The name of its folder in every layer. */
  readonly name: string
  /** All but the changelogs, which belong to their processors. */
  readonly topics?: readonly Topic[]
  /** Rows that models are trained on. */
  readonly featureSets?: readonly DescribedFeatures[]
  readonly processors?: readonly Processor[]
  /** Tasks whose models the retrainer learns from labelled outcomes. */
  readonly learnableTasks?: readonly LearnableTask[]
  /** Settings that people edit: each brings its routes, storage and publishing. */
  readonly settings?: readonly VersionedSetting[]
  /** How the sink writes topics into tables. */
  readonly writers?: readonly SinkWriter[]
  readonly routes?: readonly Routes[]
  /** Topics that the page follows while they are published (`GET /live`). */
  readonly liveTopics?: readonly Topic[]
}
