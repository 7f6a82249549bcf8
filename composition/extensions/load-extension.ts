import { resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { addDetectors } from '../../processors/visits/evidence/detectors.ts'
import { addWebhookSources } from '../../processors/webhooks/webhook-source-setting.ts'
import type { Extension } from '../../subjects/extension.ts'
import { loadedExtensions } from '../../subjects/loaded-extensions.ts'
import { ExtensionError } from './extension-error.ts'
import { importExtension } from './import-extension.ts'
import { manifestFault } from './manifest-fault.ts'
import { readReleased, releaseExtension } from './released-extension.ts'

export interface LoadedFolder {
  readonly folder: string
  readonly file: string
  readonly extension: Extension
}

/**
 * Loads the extension of `SCORELINE_EXTENSIONS`, if there is one. Called in each thread that reads the lists of
 * subjects, before it loads them. Throws `ExtensionError` for an extension that is faulty or changed since its release.
 */
export async function loadConfiguredExtension({
  SCORELINE_EXTENSIONS: folder,
}: Pick<Config, 'SCORELINE_EXTENSIONS'>): Promise<void> {
  if (folder === undefined) return
  const { file, extension } = await loadExtension(folder)
  const { added, refusals } = releaseExtension(readReleased(resolve(folder)), extension)
  if (refusals.length > 0) throw new ExtensionError(file, refusals.join(' '))
  if (added.length > 0)
    throw new ExtensionError(file, `${added.join(', ')}: not released. Run \`scoreline extensions release\`.`)
}

/** Loads an extension into the lists of subjects, whether or not it is released. */
export async function loadExtension(given: string): Promise<LoadedFolder> {
  const folder = resolve(given)
  const { file, exported } = await importExtension(folder)
  const fault = manifestFault(exported)
  if (fault !== undefined) throw new ExtensionError(file, fault)
  const extension = exported['extension'] as Extension
  const { detectors = [], webhookSources = {}, ...lists } = extension
  addDetectors(detectors)
  try {
    addWebhookSources(webhookSources)
  } catch (error) {
    throw new ExtensionError(file, (error as Error).message, { cause: error })
  }
  loadedExtensions.push({ subject: lists, schemas: readReleased(folder).schemas })
  // Loads the lists, which include the extension from here on.
  const { nameCollisions, unlistedTopics } = await import('./name-collisions.ts')
  const collisions = nameCollisions(extension)
  if (collisions.length > 0)
    throw new ExtensionError(file, `${collisions.join(', ')}: the name is taken. Choose another one.`)
  const unlisted = unlistedTopics(extension)
  if (unlisted.length > 0)
    throw new ExtensionError(
      file,
      `its processors use topics that no list has: ${unlisted.join(', ')}. Add them to \`topics\`.`,
    )
  return { folder, file, extension }
}
