/** The project’s own source files and their imports, read without running them. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import ts from 'typescript'

export const PROJECT = join(import.meta.dirname, '../..')

/** A source file. `path` is relative to the project, with forward slashes. */
export type SourceFile = { path: string; text: string; imports: string[] }

const LEFT_OUT = new Set(['node_modules', 'dist', 'lib', 'coverage'])

/** The one folder with a leading dot that has sources: VitePress requires the name. */
const SITE = '.vitepress'

const listFiles = (folder: string, isWanted = /\.(ts|tsx|js|mjs)$/): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name) || (entry.name.startsWith('.') && entry.name !== SITE)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path, isWanted)
    return isWanted.test(entry.name) ? [path] : []
  })

const read = (absolute: string): SourceFile => {
  const text = readFileSync(absolute, 'utf8')
  // Includes type-only imports, re-exports and dynamic imports of a literal.
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)
  return { path: relative(PROJECT, absolute).split(sep).join('/'), text, imports }
}

export const readSourceTree = (): SourceFile[] => listFiles(PROJECT).map(read)

export const readStyles = (): { path: string; text: string }[] =>
  listFiles(PROJECT, /\.css$/).map((path) => ({ path: relative(PROJECT, path), text: readFileSync(path, 'utf8') }))

export const isRelative = (specifier: string): boolean => specifier.startsWith('.')

/** Resolves a relative import of a file to a path relative to the project. */
export const resolveImport = (from: string, specifier: string): string =>
  normalize(join(dirname(from), specifier))
    .split(sep)
    .join('/')

/** Returns the package of an import: `kafkajs/src/x` belongs to kafkajs, `@fastify/static` is its own. */
export const libraryOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** Returns the first cycle of imports that is found, as files in order, or undefined. */
export const findCycle = (files: { path: string; imports: string[] }[]): string[] | undefined => {
  const targets = new Map(
    files.map(({ path, imports }) => [path, imports.filter(isRelative).map((each) => resolveImport(path, each))]),
  )
  const finished = new Set<string>()
  const visit = (path: string, trail: string[]): string[] | undefined => {
    const at = trail.indexOf(path)
    if (at >= 0) return [...trail.slice(at), path]
    if (finished.has(path)) return undefined
    for (const target of targets.get(path) ?? []) {
      const cycle = visit(target, [...trail, path])
      if (cycle !== undefined) return cycle
    }
    finished.add(path)
    return undefined
  }
  for (const path of targets.keys()) {
    const cycle = visit(path, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
