import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { decodeArtefact, modelFrom } from '../../models/artefact.ts'
import type { Artefact, Model } from '../../models/model.ts'

/** Raised when what a folder holds can no longer be read by older versions. */
const FORMAT = 1

interface Manifest {
  readonly format: number
  /** The SHA-256 of model.json. */
  readonly id: string
  readonly madeBy: string
  /** What whoever uses the model must know; not given: nothing. */
  readonly warnings?: readonly string[]
}

/** A folder that holds no model that can be used, with the file and the reason. */
class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError'
}

export interface ModelFolder {
  readonly artefact: Uint8Array
  readonly metrics: unknown
  /** A page for people. */
  readonly report?: string
  /** Of this platform. */
  readonly madeBy: string
  /** What whoever uses the model must know. */
  readonly warnings?: readonly string[]
}

/** Before a long training: throws `ModelFolderError` where a file is in the way of the folder to write. */
export function requireFolder(folder: string): void {
  for (let path = resolve(folder); path !== dirname(path); path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory() === false)
      throw new ModelFolderError(`${folder} can't be the folder of the model: ${path} is a file.`)
    if (found !== undefined) return
  }
}

/**
 * Writes model.json, metrics.json, report.html where there is one, and manifest.json with the checksum. Returns the
 * model's id.
 */
export function writeModelFolder(
  folder: string,
  { artefact, metrics, report, madeBy, warnings = [] }: ModelFolder,
): string {
  const id = sha256(artefact)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.json'), artefact)
  writeFileSync(join(folder, 'metrics.json'), `${JSON.stringify(metrics, null, 2)}\n`)
  if (report !== undefined) writeFileSync(join(folder, 'report.html'), report)
  const manifest: Manifest = { format: FORMAT, id, madeBy, ...(warnings.length === 0 ? {} : { warnings }) }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return id
}

/** Throws `ModelFolderError` for a folder that is not whole, was changed, or is of another version. */
export function readModelFolder(folder: string): {
  readonly model: Model
  readonly artefact: Artefact
  readonly warnings: readonly string[]
} {
  const { id, bytes } = readModelBytes(folder)
  return { model: modelFrom(bytes, id), artefact: decodeArtefact(bytes), warnings: manifestOf(folder).warnings ?? [] }
}

/** The artefact with its id, once both agree. */
export function readModelBytes(folder: string): { readonly id: string; readonly bytes: Uint8Array } {
  const manifest = manifestOf(folder)
  if (manifest.format !== FORMAT)
    throw new ModelFolderError(
      `${folder} has format ${manifest.format}, written by scoreline ${manifest.madeBy}; this version reads format ${FORMAT}.`,
    )
  const bytes = read(folder, 'model.json')
  const id = sha256(bytes)
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

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
