import { existsSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ExtensionError } from './extension-error.ts'

const INDEX_FILES = ['index.ts', 'index.js']
const PACKAGE = 'scoreline'

/** Returns the module that a folder's `index.ts` or `index.js` exports. Throws `ExtensionError` if it can't be loaded. */
export async function importExtension(
  folder: string,
): Promise<{ readonly file: string; readonly exported: Readonly<Record<string, unknown>> }> {
  const file = indexFile(resolve(folder))
  useOwnModules()
  try {
    return { file, exported: (await import(pathToFileURL(file).href)) as Record<string, unknown> }
  } catch (error) {
    throw new ExtensionError(file, `it can't be loaded: ${reasonOf(error)}`, { cause: error })
  }
}

function indexFile(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new ExtensionError(folder, 'there is no such folder. Set SCORELINE_EXTENSIONS to the folder of its index.ts.')
  const file = INDEX_FILES.map((name) => join(folder, name)).find((path) => existsSync(path))
  if (file !== undefined) return file
  throw new ExtensionError(
    folder,
    `it has no ${INDEX_FILES.join(' or ')}, which exports its manifest as \`extension\`.`,
  )
}

/**
 * Resolves `scoreline/…` to the modules of this process, whatever package of that name is installed beside the
 * extension: its topics and processors are compared with the platform's by identity.
 */
function useOwnModules(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith(`${PACKAGE}/`)
        ? next(specifier, { ...context, parentURL: import.meta.url })
        : next(specifier, context),
  })
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // The first line of the stack of a syntax error names file and line.
  const place = /^(file:[^\s]+:\d+)$/m.exec(error.stack ?? '')?.[1]
  const where = place === undefined ? '' : ` (${fileURLToPath(place.replace(/:\d+$/, ''))}:${/\d+$/.exec(place)![0]})`
  return `${error.message}${where}`
}
