import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { decodeArtefact, modelFrom } from '../../models/artefact.ts'
import type { Artefact, Model } from '../../models/model.ts'
import { modelIdOf } from '../../store/models/model-id.ts'

/** Incremented when older versions can no longer read a folder. */
const FORMAT = 1

interface Manifest {
  readonly format: number
  /** The SHA-256 of model.json. */
  readonly id: string
  readonly madeBy: string
  /** Warnings for users of the model; none if not given. */
  readonly warnings?: readonly string[]
}

/** Thrown for a folder without a usable model, with the file and the reason. */
class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError'
}

export interface ModelFolder {
  readonly artefact: Uint8Array
  readonly metrics: unknown
  /** HTML page for people. */
  readonly report?: string
  /** Version of this platform. */
  readonly madeBy: string
  /** Warnings for users of the model. */
  readonly warnings?: readonly string[]
}

/** Throws `ModelFolderError` if a file is in the way of the folder, to find out before a long training. */
export function requireFolder(folder: string): void {
  for (let path = resolve(folder); path !== dirname(path); path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() === false)
      throw new ModelFolderError(`${folder} can't be the folder of the model: ${path} is a file.`)
    if (found !== undefined) return
  }
}

/**
 * Writes model.json, metrics.json, report.html if there is a report, and manifest.json with the checksum. Returns the
 * model's id.
 */
export function writeModelFolder(
  folder: string,
  { artefact, metrics, report, madeBy, warnings = [] }: ModelFolder,
): string {
  const id = modelIdOf(artefact)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.json'), artefact)
  writeFileSync(join(folder, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`)
  if (report !== undefined) writeFileSync(join(folder, 'report.html'), report)
  const manifest: Manifest = { format: FORMAT, id, madeBy, ...(warnings.length === 0 ? {} : { warnings }) }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return id
}

/** Reads a model folder. Throws `ModelFolderError` if it is incomplete, modified or of another format. */
export function readModelFolder(folder: string): {
  readonly model: Model
  readonly artefact: Artefact
  readonly warnings: readonly string[]
} {
  const { id, bytes } = readModelBytes(folder)
  return { model: modelFrom(bytes, id), artefact: decodeArtefact(bytes), warnings: manifestOf(folder).warnings ?? [] }
}

/** Reads the artefact and verifies its id. */
export function readModelBytes(folder: string): { readonly id: string; readonly bytes: Uint8Array } {
  const manifest = manifestOf(folder)
  if (manifest.format !== FORMAT)
    throw new ModelFolderError(
      `${folder} has format ${manifest.format}, written by scoreline ${manifest.madeBy}; this version reads format ${FORMAT}.`,
    )
  const bytes = read(folder, 'model.json')
  const id = modelIdOf(bytes)
  if (id !== manifest.id)
    throw new ModelFolderError(
      `${join(folder, 'model.json')} was changed or damaged: its SHA-256 is ${id}, and manifest.json says ${manifest.id}.`,
    )
  return { id, bytes }
}

function manifestOf(folder: string): Manifest {
  try {
    return JSON.parse(read(folder, 'manifest.json').toString('utf8')) as Manifest
  } catch (error) {
    if (error instanceof ModelFolderError) throw error
    throw new ModelFolderError(`${join(folder, 'manifest.json')} is not JSON.`, { cause: error })
  }
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name))
  } catch (error) {
    throw new ModelFolderError(
      `${join(folder, name)} can't be read (${(error as NodeJS.ErrnoException).code}): is ${folder} what train --out wrote?`,
      {
        cause: error,
      },
    )
  }
}
