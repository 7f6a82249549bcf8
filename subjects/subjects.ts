import type { FeatureNames } from '../features/feature-set.ts'
import { decidersOf, type Processor } from '../processors/processor.ts'
import type { LearnableTask } from '../retrainer/lifecycle/learnable-task.ts'
import type { Topic } from '../schemas/topic.ts'
import type { PersonTables } from '../store/persons.ts'
import type { SinkWriter } from '../store/sink/writer.ts'
import { access } from './access.ts'
import { calls } from './calls.ts'
import { customers } from './customers.ts'
import { deliveries } from './deliveries.ts'
import { loadedExtensions } from './loaded-extensions.ts'
import { loans } from './loans.ts'
import { models } from './models.ts'
import { platform } from './platform.ts'
import { recommendations } from './recommendations.ts'
import type { Subject } from './subject.ts'
import { visits } from './visits.ts'
import { webhooks } from './webhooks.ts'

/**
 * The order applies in generated documents. If several processors read a topic, the first of them forwards its
 * misplaced records.
 */
export const subjects: readonly Subject[] = [
  customers,
  visits,
  loans,
  calls,
  recommendations,
  models,
  deliveries,
  webhooks,
  platform,
  access,
  ...loadedExtensions.map(({ subject }) => subject),
]

export const topics = all('topics')
export const featureSets = all('featureSets')
export const processors = all('processors')
/** Every processor and its scorers, with the task and features of each. */
export const deciders = processors.flatMap(decidersOf)
/** The tasks scored by models, each with its features. */
export const scoredTasks: readonly { readonly task: string; readonly features: FeatureNames }[] = [
  ...new Map(
    deciders.flatMap(({ task, features }) => (task === undefined ? [] : [[task, { task, features }]])),
  ).values(),
]
export const learnableTasks = all('learnableTasks')
export const settings = all('settings')
export const writers = all('writers')
export const routes = all('routes')
export const liveTopics = all('liveTopics')

/** Every topic that is stored in the database. */
export const sinkTopics: readonly Topic[] = writers.map(({ topic }) => topic)

/** Returns the writer of a topic. Throws if the topic is not stored in the database. */
export function writerOf(topic: Topic): SinkWriter {
  const writer = writers.find((one) => one.topic === topic)
  if (writer === undefined) throw new Error(`The database holds nothing of ${topic.name}.`)
  return writer
}

export function topicNamed(name: string): Topic | undefined {
  return topics.find((topic) => topic.name === name)
}

/** Throws an error that lists the existing names if there is no such processor. */
export function processorNamed(name: string): Processor {
  return found('processor', name, processors, (one) => one.name)
}

/** Throws an error that lists the existing names if there is no such task. */
export function learnableTaskNamed(name: string): LearnableTask {
  return found('task', name, learnableTasks, ({ task }) => task)
}

/** Where tables hold people, in the order of deletion. */
export const personTables: PersonTables = Object.assign({}, ...subjects.map((subject) => subject.personTables))

type Lists = Required<Omit<Subject, 'name' | 'personTables'>>

function all<Kind extends keyof Lists>(kind: Kind): Lists[Kind] {
  return subjects.flatMap((subject): readonly unknown[] => subject[kind] ?? []) as unknown as Lists[Kind]
}

function found<T>(what: string, name: string, list: readonly T[], nameOf: (one: T) => string): T {
  const one = list.find((each) => nameOf(each) === name)
  if (one === undefined) throw new Error(`There is no ${what} ${name}. There are: ${list.map(nameOf).join(', ')}.`)
  return one
}
