import type { CommandContext } from '../../composition/context.ts'
import { ExtensionError } from '../../composition/extensions/extension-error.ts'
import { loadExtension } from '../../composition/extensions/load-extension.ts'
import {
  readReleased,
  releasedFile,
  releaseExtension,
  writeReleased,
} from '../../composition/extensions/released-extension.ts'
import type { Extension } from '../../subjects/extension.ts'

/** Prints what the extension adds. Throws if it is faulty, or if anything of it is not released or must not be. */
export async function checkExtension({ config, print }: CommandContext): Promise<void> {
  const { file, extension, added } = await compared(config.SCORELINE_EXTENSIONS)
  if (added.length > 0)
    throw new ExtensionError(file, `${added.join(', ')}: not released. Run \`scoreline extensions release\`.`)
  for (const line of contentsOf(extension)) print(line)
}

/** Writes the release of the extension's current state. Throws if stored data do not allow a change. */
export async function writeRelease({ config, print }: CommandContext): Promise<void> {
  const { folder, added, released } = await compared(config.SCORELINE_EXTENSIONS)
  writeReleased(folder, released)
  for (const one of added) print(`Released: ${one}.`)
  print(`${releasedFile(folder)} is ${added.length === 0 ? 'up to date' : 'written: keep it in version control'}.`)
}

async function compared(configured: string | undefined) {
  if (configured === undefined)
    throw new Error('There is no extension: set SCORELINE_EXTENSIONS to the folder of its index.ts.')
  const loaded = await loadExtension(configured)
  // It reads the lists, which must include the extension.
  const { changedFolds, extensionFolds } = await import('../../composition/extensions/extension-folds.ts')
  const before = readReleased(loaded.folder)
  const { released, added, refusals } = releaseExtension(before, loaded.extension)
  if (refusals.length > 0) throw new ExtensionError(loaded.file, refusals.join(' '))
  const folds = await extensionFolds(loaded.folder, loaded.extension, released.state)
  const changed = changedFolds(before.folds, folds)
  if (changed.length > 0) throw new ExtensionError(loaded.file, changed.join(' '))
  const newFolds = Object.keys(folds).filter((what) => before.folds[what] === undefined)
  return {
    ...loaded,
    released: { ...released, folds: { ...before.folds, ...folds } },
    added: [...added, ...newFolds.map((what) => `the numbers of ${what}`)],
  }
}

function contentsOf({ name, topics, featureSets, processors, learnableTasks, detectors, webhookSources }: Extension) {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['topics', (topics ?? []).map((topic) => topic.name)],
    ['feature sets', (featureSets ?? []).map(({ id }) => id)],
    ['processors', (processors ?? []).map((processor) => `${processor.name}@${processor.version}`)],
    ['learnable tasks', (learnableTasks ?? []).map(({ task }) => task)],
    ['detectors', (detectors ?? []).map(({ kind }) => kind)],
    ['webhook sources', Object.keys(webhookSources ?? {})],
  ]
  return [
    name,
    ...lists.filter(([, names]) => names.length > 0).map(([kind, names]) => `  ${kind}: ${names.join(', ')}`),
  ]
}
