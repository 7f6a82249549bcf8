/**
 * Makes the tarballs of the packages in `packages/`, from the platform's own sources: JavaScript with declarations. Run
 * as `npm run package:libraries`; `node generators/libraries.ts FOLDER` writes them to that folder.
 */
import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { builtExports, writeDeclarations } from './declarations.ts'
import { javascriptOf } from './package.ts'

const root = resolve(import.meta.dirname, '..')

interface Library {
  /** Folder below `packages/`, and name in the scope `@scoreline`. */
  readonly name: string
  readonly description: string
  readonly dependencies: readonly string[]
  /** Folders of sources that are in another library; their modules are imported from there. */
  readonly imported: Readonly<Record<string, string>>
  /** Folders whose modules other libraries import one by one. */
  readonly exported: readonly string[]
}

export const libraries: readonly Library[] = [
  {
    name: 'kafka',
    description: 'Exactly-once client for Apache Kafka',
    dependencies: ['@platformatic/kafka', 'lz4-napi', 'snappy'],
    imported: {},
    exported: ['kafka'],
  },
  {
    name: 'streams',
    description: 'Exactly-once stream processing with state, on Apache Kafka',
    dependencies: ['avsc', 'lmdb'],
    imported: { kafka: '@scoreline/kafka' },
    exported: [],
  },
]

/** Writes the contents of the tarball of a library. */
export function stageLibrary(library: Library, staging: string): void {
  rmSync(staging, { recursive: true, force: true })
  const entry = `packages/${library.name}/index.ts`
  for (const [file, text] of modulesOf(library, entry)) write(join(staging, file.replace(/ts$/, 'js')), text)
  writeDeclarations(root, [entry], staging)
  for (const folder of Object.keys(library.imported)) rmSync(join(staging, folder), { recursive: true, force: true })
  for (const file of globSync('**/*.d.ts', { cwd: staging })) {
    const text = readFileSync(join(staging, file), 'utf8')
    writeFileSync(join(staging, file), withImported(library, file, text))
  }
  cpSync(join(root, 'packages', library.name, 'README.md'), join(staging, 'README.md'))
  cpSync(join(root, 'LICENSE'), join(staging, 'LICENSE'))
  write(join(staging, 'package.json'), `${JSON.stringify(manifestOf(library, entry), null, 2)}\n`)
}

/** Returns the entry and all modules that it needs at run time, as JavaScript, by path of their source. */
function modulesOf(library: Library, entry: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>()
  const visit = (file: string): void => {
    if (modules.has(file) || file.split('/')[0]! in library.imported) return
    const text = javascriptOf(readFileSync(join(root, file), 'utf8'))
    modules.set(file, withImported(library, file, text))
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles)
      if (fileName.startsWith('.')) visit(resolved(file, fileName).replace(/js$/, 'ts'))
  }
  visit(entry)
  return modules
}

const resolved = (file: string, specifier: string): string => posix.join(posix.dirname(file), specifier)

/** Replaces relative imports of another library's modules by its name. */
function withImported({ imported }: Library, file: string, text: string): string {
  return text.replaceAll(
    /((?:from|import)\s*\(?\s*)(['"])(\.[^'"]+)\2/g,
    (whole, before: string, _, specifier: string) => {
      const target = resolved(file, specifier)
      const owner = imported[target.split('/')[0]!]
      return owner === undefined ? whole : `${before}'${owner}/${target.replace(/\.ts$/, '.js')}'`
    },
  )
}

function manifestOf({ name, description, dependencies, imported, exported }: Library, entry: string): object {
  const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string
    readonly license: string
    readonly dependencies: Readonly<Record<string, string>>
  }
  const { version, license } = whole
  const modules = Object.fromEntries(exported.map((folder) => [`./${folder}/*.js`, `./${folder}/*.ts`]))
  const others = Object.values(imported).map((other) => [other, version])
  return {
    ...{ name: `@scoreline/${name}`, version, license, description, type: 'module', engines: { node: '>=24' } },
    exports: builtExports({ '.': `./${entry}`, ...modules }),
    dependencies: Object.fromEntries([...others, ...dependencies.map((one) => [one, whole.dependencies[one]])]),
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

async function packLibrary(library: Library, folder: string): Promise<string> {
  const staging = join(folder, `${library.name}-package`)
  stageLibrary(library, staging)
  const words = ['pack', '--json', '--pack-destination', folder]
  const { stdout } = await promisify(execFile)('npm', words, { cwd: staging, maxBuffer: 2 ** 26 })
  rmSync(staging, { recursive: true, force: true })
  const packed = JSON.parse(stdout) as readonly { readonly filename: string }[]
  return join(folder, packed[0]!.filename)
}

if (import.meta.main)
  for (const library of libraries) console.log(await packLibrary(library, resolve(process.argv[2] ?? root)))
