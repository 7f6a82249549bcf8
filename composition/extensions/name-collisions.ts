import { detectors } from '../../processors/visits/evidence/detectors.ts'
import type { Extension } from '../../subjects/extension.ts'
import { deciders, featureSets, learnableTasks, subjects, topics } from '../../subjects/subjects.ts'

/** Names that are in use for something else; tables of state formats and metrics have them too. */
const RESERVED = /^(scoreline|~)/

/**
 * Returns each name of an extension that something else of the same kind has, in the platform or in the extension
 * itself. The extension must have been loaded into the lists.
 */
export function nameCollisions(extension: Extension): readonly string[] {
  const schemas = topics.map(({ schema }) => schema.name)
  return [
    ...taken(
      'subject',
      [extension.name],
      subjects.map(({ name }) => name),
    ),
    ...taken(
      'topic',
      namesOf(extension.topics),
      topics.map(({ name }) => name),
    ),
    ...taken('record', extension.topics?.map(({ schema }) => schema.name) ?? [], schemas),
    ...taken(
      'processor',
      namesOf(extension.processors),
      [...new Set(deciders)].map(({ name }) => name),
    ),
    ...taken(
      'feature set',
      extension.featureSets?.map(({ id }) => id) ?? [],
      featureSets.map(({ id }) => id),
    ),
    ...taken(
      'learnable task',
      extension.learnableTasks?.map(({ task }) => task) ?? [],
      learnableTasks.map(({ task }) => task),
    ),
    ...taken(
      'detector',
      extension.detectors?.map(({ kind }) => kind) ?? [],
      detectors.map(({ kind }) => kind),
    ),
  ]
}

/** Returns the topics that processors of an extension read or write, and that no list has. */
export function unlistedTopics({ processors: own = [] }: Extension): readonly string[] {
  const used = own.flatMap(({ inputs, outputs }) => [...inputs.map(({ topic }) => topic), ...outputs])
  return [...new Set(used)].filter((topic) => !topics.includes(topic)).map(({ name }) => name)
}

const namesOf = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name)

function taken(kind: string, own: readonly string[], all: readonly string[]): readonly string[] {
  return [...new Set(own)]
    .filter((name) => RESERVED.test(name) || all.filter((other) => other === name).length > 1)
    .map((name) => `the ${kind} ${name}`)
}
