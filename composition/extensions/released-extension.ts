import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releaseFeatures } from '../../features/release/release-features.ts'
import type { ReleasedFeatures } from '../../features/release/released-features.ts'
import { release } from '../../schemas/release/release.ts'
import { releaseState } from '../../schemas/release/release-state.ts'
import type { ReleasedState } from '../../schemas/release/released-state.ts'
import type { ReleasedSchema } from '../../schemas/release/released.ts'
import type { Extension } from '../../subjects/extension.ts'
import { ExtensionError } from './extension-error.ts'

/** Everything of an extension that stored data depend on, as of its last release: `released.json` in its folder. */
export interface ReleasedExtension {
  readonly schemas: readonly ReleasedSchema[]
  readonly state: readonly ReleasedState[]
  readonly features: readonly ReleasedFeatures[]
  /** Digests of what each processor computes from `sample-events.jsonl`. */
  readonly folds: Readonly<Record<string, string>>
}

export interface ExtensionRelease {
  readonly released: ReleasedExtension
  /** What is not released yet. */
  readonly added: readonly string[]
  /** What stored data do not allow, each with what to do. */
  readonly refusals: readonly string[]
}

/** The platform's own ids never get so far. */
const FIRST_SCHEMA_ID = 1_000_000
const NOTHING: ReleasedExtension = { schemas: [], state: [], features: [], folds: {} }

export const releasedFile = (folder: string): string => join(folder, 'released.json')

export function readReleased(folder: string): ReleasedExtension {
  const file = releasedFile(folder)
  if (!existsSync(file)) return NOTHING
  try {
    return { ...NOTHING, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<ReleasedExtension>) }
  } catch (error) {
    throw new ExtensionError(file, `it is no JSON: ${(error as Error).message}. Restore it from version control.`)
  }
}

export function writeReleased(folder: string, { schemas, state, features, folds }: ReleasedExtension): void {
  const lines = (list: readonly unknown[]) => `[${list.map((one) => `\n    ${JSON.stringify(one)}`).join(',')}\n  ]`
  const sorted = Object.fromEntries(Object.entries(folds).sort(([one], [other]) => (one < other ? -1 : 1)))
  const fields = [
    `"schemas": ${lines(schemas)}`,
    `"state": ${lines(state)}`,
    `"features": ${lines(features)}`,
    `"folds": ${JSON.stringify(sorted, null, 2).replaceAll('\n', '\n  ')}`,
  ]
  writeFileSync(releasedFile(folder), `{\n  ${fields.join(',\n  ')}\n}\n`)
}

/** Compares the schemas, state and features of an extension with its last release, by the rules of the platform's own. */
export function releaseExtension(before: ReleasedExtension, extension: Extension): ExtensionRelease {
  const { topics = [], processors = [], featureSets = [] } = extension
  const declared = processors.map(({ name, version, state, decisionState }) => ({
    ...{ processor: name, version, state, decisionState },
  }))
  const schemas = release(before.schemas, topics, FIRST_SCHEMA_ID)
  const state = releaseState(before.state, declared)
  const features = releaseFeatures(before.features, featureSets)
  return {
    released: { schemas: schemas.schemas, state: state.formats, features: features.sets, folds: before.folds },
    added: [
      ...schemas.added.map(({ subject, version }) => `${subject} version ${version}`),
      ...state.added.map(({ processor, version, kind }) => `the records ${kind} of ${processor}@${version}`),
      ...features.added.map(({ id }) => `the features ${id}`),
    ],
    refusals: [
      ...schemas.refusals.map((why) => `${why} Add fields with a default and leave the others as they are.`),
      ...state.refusals.map((why) => `${why} Raise the version of the processor, so that its state is rebuilt.`),
      ...features.refusals.map((why) => `${why} Raise the version of the feature set.`),
    ],
  }
}
